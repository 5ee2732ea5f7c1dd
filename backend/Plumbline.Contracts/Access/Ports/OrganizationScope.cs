namespace Plumbline.Contracts.Access;

/// <summary>A caller let into an organization: what they may do there, and the way to what it keeps for all of its projects. Only
/// <see cref="IAccessControl"/> makes one.</summary>
public sealed class OrganizationScope
{
    private readonly IGrainFactory _grains;

    internal OrganizationScope(IGrainFactory grains, string organization) => (_grains, Organization) = (grains, organization);

    /// <summary>The organization's id.</summary>
    public string Organization { get; }

    /// <summary>The member who calls, or null for a key of one of its projects.</summary>
    public string? UserId { get; internal init; }

    /// <summary>The member's role, or null for a key.</summary>
    public Role? Role { get; internal init; }

    /// <summary>What the role allows; nothing for a key.</summary>
    public PermissionSet Permissions { get; internal init; }

    public bool Has(Permission permission) => Permissions.Has(permission);

    /// <summary>The grain that the organization has one of.</summary>
    public T Grain<T>()
        where T : IGrainWithStringKey => _grains.GetGrain<T>(Organization);
}
