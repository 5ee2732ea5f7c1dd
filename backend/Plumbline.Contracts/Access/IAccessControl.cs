namespace Plumbline.Contracts.Access;

/// <summary>The one gate before all data. Every resolver and endpoint asks it before it touches a grain; it asks the grains anew each time,
/// so that a removal acts at once.</summary>
public interface IAccessControl
{
    /// <summary>Lets the caller on, or refuses.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED for nobody; NOT_FOUND for a project that is missing or that the caller is
    /// no part of; FORBIDDEN when the permission is lacking.</exception>
    ValueTask<ProjectAccess> RequireAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken);

    /// <summary>The same without a particular permission: the caller has some part in the project.</summary>
    ValueTask<ProjectAccess> RequireAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken);

    /// <summary>Lets the caller on to an organization, or refuses likewise. A null permission asks for membership alone; a key has that
    /// much, and no permission, in the organization of its project.</summary>
    ValueTask<OrganizationAccess> RequireOrganizationAsync(Caller caller, string organization, Permission? permission, CancellationToken cancellationToken);

    /// <summary>What a person may do in a project now, or null when they have no part in it. For checking people a caller names, such as reviewers.</summary>
    ValueTask<ProjectAccess?> FindAsync(string userId, ProjectKey project, CancellationToken cancellationToken);

    /// <summary>Passes a live stream on while the caller keeps the permission and the credential holds. Checks before every item and each second between items;
    /// when access ends, so does the stream, with the failure that a new request would get. Every subscription runs through it.</summary>
    IAsyncEnumerable<T> WhileAllowedAsync<T>(
        Caller caller, ProjectKey project, Permission permission, IAsyncEnumerable<T> source, CancellationToken cancellationToken);
}

/// <summary>What a caller may do in a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="UserId">The person, or null for a key.</param>
/// <param name="Role">The person's role there, or null for a key.</param>
/// <param name="Permissions">What the role or the key's scopes allow.</param>
[GenerateSerializer, Alias("ProjectAccess"), Immutable]
public sealed record ProjectAccess(
    [property: Id(0)] ProjectKey Project,
    [property: Id(1)] string? UserId,
    [property: Id(2)] Role? Role,
    [property: Id(3)] PermissionSet Permissions)
{
    public bool Has(Permission permission) => Permissions.Has(permission);
}

/// <summary>What a member may do in an organization; nobody and no role for a key.</summary>
[GenerateSerializer, Alias("OrganizationAccess"), Immutable]
public sealed record OrganizationAccess(
    [property: Id(0)] string Organization,
    [property: Id(1)] string? UserId,
    [property: Id(2)] Role? Role,
    [property: Id(3)] PermissionSet Permissions)
{
    public bool Has(Permission permission) => Permissions.Has(permission);
}
