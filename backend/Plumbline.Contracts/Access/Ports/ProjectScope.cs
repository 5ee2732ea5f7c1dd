namespace Plumbline.Contracts.Access;

/// <summary>A caller let into a project: what they may do there, and the way to its grains. Only <see cref="IAccessControl"/> makes one, so
/// whoever holds one has been checked, and a grain that is reached through it belongs to the project that was checked.</summary>
public sealed class ProjectScope
{
    private readonly IGrainFactory _grains;

    internal ProjectScope(IGrainFactory grains, ProjectKey project, Viewer viewer) => (_grains, Project, Viewer) = (grains, project, viewer);

    public ProjectKey Project { get; }

    /// <summary>Whose eyes the caller reads with; blinding goes by it.</summary>
    public Viewer Viewer { get; }

    /// <summary>The person who calls, or null for a key, also for one that reads with a person's eyes.</summary>
    public string? UserId { get; internal init; }

    /// <summary>The person who reads what the caller reads: themself, or through a key that does their work. Null for a key of nobody.</summary>
    public string? PersonId { get; internal init; }

    /// <summary>The person's role in the project, or null for a key.</summary>
    public Role? Role { get; internal init; }

    /// <summary>What the role or the key's scopes allow.</summary>
    public PermissionSet Permissions { get; internal init; }

    public bool Has(Permission permission) => Permissions.Has(permission);

    /// <summary>The grain that the project has one of.</summary>
    public T Grain<T>()
        where T : IGrainWithStringKey => _grains.GetGrain<T>(Project.ToString());

    /// <summary>The grain of something in the project.</summary>
    /// <param name="key">What follows the project in the grain's key.</param>
    public T Grain<T>(string key)
        where T : IGrainWithStringKey => _grains.GetGrain<T>(Project.Child(key));
}
