namespace Plumbline.Features.Access;

/// <summary>What the host does when it starts on a data folder.</summary>
public interface IFirstRun
{
    /// <summary>Brings about what an unattended install asks for. Asking again changes nothing.</summary>
    Task InitializeAsync(FirstRunSettings settings, CancellationToken cancellationToken);

    /// <summary>The path of a new link that makes the first owner, or null when there is an owner. It replaces the link issued before.</summary>
    Task<string?> IssueOwnerLinkAsync(CancellationToken cancellationToken);
}

/// <summary>What an unattended install asks for; each part may be absent. A project needs an organization, a key needs a project.</summary>
public sealed record FirstRunSettings(string? Organization, string? Project, string? ApiKey, string? OwnerEmail, string? OwnerPassword)
{
    /// <summary>Nothing is asked for.</summary>
    public bool IsEmpty => Organization is null && Project is null && ApiKey is null && OwnerEmail is null;
}
