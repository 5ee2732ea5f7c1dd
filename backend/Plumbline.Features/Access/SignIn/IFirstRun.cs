using Plumbline.Contracts;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Access.SignIn;

/// <summary>What the host does when it starts on a data folder.</summary>
public interface IFirstRun
{
    /// <summary>Brings about what an unattended install asks for. Asking again changes nothing.</summary>
    Task InitializeAsync(FirstRunSettings settings, CancellationToken cancellationToken);

    /// <summary>A new link that makes the first owner.</summary>
    /// <param name="replaces">Whether it takes the place of one that is open; otherwise that one stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OwnerLink> IssueOwnerLinkAsync(bool replaces, CancellationToken cancellationToken);
}

/// <summary>The link that makes the first owner.</summary>
/// <param name="Path">Its path; null when there is an owner, or when another link is open.</param>
/// <param name="OpenUntil">Until when another link is open; null when none is.</param>
public sealed record OwnerLink(string? Path, DateTimeOffset? OpenUntil);

/// <summary>What an unattended install asks for; each part may be absent. A project needs an organization, a key needs a project.</summary>
public sealed record FirstRunSettings(string? Organization, string? Project, string? ApiKey, string? OwnerEmail, string? OwnerPassword)
{
    /// <summary>Nothing is asked for.</summary>
    public bool IsEmpty => Organization is null && Project is null && ApiKey is null && OwnerEmail is null;

    /// <summary>Shortest password (characters).</summary>
    public const int MinPasswordLength = 8;

    /// <summary>Longest password (characters).</summary>
    public const int MaxPasswordLength = Passwords.LongestPassword;

    /// <summary>Whether a text can be an API key: <c>pl_</c> and at least 32 characters.</summary>
    public static bool IsApiKey(string text) => Secrets.IsApiKey(text);

    /// <summary>Whether a text has the form of an e-mail address.</summary>
    public static bool IsEmail(string text) => EmailAddress.TryNormalize(text) is not null;

    /// <summary>Whether a text can be the name of an organization or project.</summary>
    public static bool IsName(string text) => DisplayName.TryNormalize(text) is not null;
}
