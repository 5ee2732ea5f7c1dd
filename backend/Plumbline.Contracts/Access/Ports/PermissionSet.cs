namespace Plumbline.Contracts.Access;

/// <summary>A set of permissions in one word.</summary>
[GenerateSerializer, Alias("PermissionSet"), Immutable]
public readonly record struct PermissionSet([property: Id(0)] long Bits)
{
    public static PermissionSet None => default;

    public static PermissionSet All { get; } = Of(Enum.GetValues<Permission>());

    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var bits = 0L;
        foreach (var permission in permissions) bits |= 1L << (int)permission;
        return new PermissionSet(bits);
    }

    public bool Has(Permission permission) => (Bits & (1L << (int)permission)) != 0;

    public PermissionSet And(PermissionSet other) => new(Bits | other.Bits);

    /// <summary>What both have.</summary>
    public PermissionSet Within(PermissionSet other) => new(Bits & other.Bits);

    public PermissionSet Without(PermissionSet other) => new(Bits & ~other.Bits);

    /// <summary>The permissions in it, in the order in which they are declared.</summary>
    public Permission[] ToArray() => Array.FindAll(Enum.GetValues<Permission>(), Has);
}
