namespace Plumbline.Contracts.Access;

/// <summary>The one gate before all data. Every resolver and endpoint asks it before it touches a grain; it asks the grains anew each time,
/// so that a removal acts at once.</summary>
public interface IAccessControl
{
    /// <summary>Lets the caller on, or refuses.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED for nobody; NOT_FOUND for a project that is missing or that the caller is
    /// no part of; FORBIDDEN when the permission is lacking.</exception>
    ValueTask<ProjectScope> RequireAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken);

    /// <summary>The same without a particular permission: the caller has some part in the project.</summary>
    ValueTask<ProjectScope> RequireAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken);

    /// <summary>Lets the caller on to an organization, or refuses likewise. A null permission asks for membership alone; a key has that
    /// much, and no permission, in the organization of its project.</summary>
    ValueTask<OrganizationScope> RequireOrganizationAsync(Caller caller, string organization, Permission? permission, CancellationToken cancellationToken);

    /// <summary>What a person may do in a project now, or null when they have no part in it. For checking people a caller names, such as reviewers.</summary>
    ValueTask<PermissionSet?> FindPermissionsAsync(string userId, ProjectKey project, CancellationToken cancellationToken);

    /// <summary>Passes a live stream on while the caller keeps the permission and the credential holds. Checks before every item and each second between items;
    /// when access ends, so does the stream, with the failure that a new request would get. Every subscription runs through it.</summary>
    IAsyncEnumerable<T> WhileAllowedAsync<T>(
        Caller caller, ProjectKey project, Permission permission, IAsyncEnumerable<T> source, CancellationToken cancellationToken);
}
