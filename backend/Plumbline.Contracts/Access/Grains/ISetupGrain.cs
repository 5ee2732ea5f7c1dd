using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>The first run of an installation: the link that makes the first owner, and what unattended installs ask for. One grain, key
/// <see cref="Key"/>.</summary>
[Alias("ISetupGrain"), AcrossTenants]
public interface ISetupGrain : IGrainWithStringKey
{
    const string Key = "setup";

    /// <summary>Replaces the owner link by a new one, unless there is an owner.</summary>
    /// <returns>Whether a link is needed.</returns>
    [Alias("IssueOwnerLinkAsync")]
    Task<bool> IssueOwnerLinkAsync(string tokenHash, DateTimeOffset expiresAt);

    /// <summary>Makes a link the owner link, unless there is an owner or another link is open.</summary>
    [Alias("OfferOwnerLinkAsync")]
    Task<OwnerLinkIssue> OfferOwnerLinkAsync(string tokenHash, DateTimeOffset expiresAt);

    /// <summary>Whether there is no owner yet, and the organization that waits for one.</summary>
    [Alias("StatusAsync"), Repeatable]
    Task<SetupStatus> StatusAsync();

    /// <summary>Whether the token is that of the open owner link.</summary>
    [Alias("IsOpenAsync"), Repeatable]
    Task<bool> IsOpenAsync(string tokenHash);

    /// <summary>The owner whom the link of this token has made; null when it has made none.</summary>
    [Alias("OwnerByAsync"), Repeatable]
    Task<string?> OwnerByAsync(string tokenHash);

    /// <summary>Makes the first owner, and their organization if none waits. The link is used up when all is done.</summary>
    /// <returns>The owner's id.</returns>
    /// <exception cref="RequestFailedException">NOT_FOUND: the link is unknown, used or expired.</exception>
    [Alias("MakeOwnerAsync"), ResponseTimeout("00:01:00")]
    Task<string> MakeOwnerAsync(string tokenHash, NewUser owner, string organizationName);

    /// <summary>Brings about what is asked for and not there yet. Asking again changes nothing.</summary>
    [Alias("InitializeAsync"), ResponseTimeout("00:02:00")]
    Task InitializeAsync(InitialSetup setup);
}
