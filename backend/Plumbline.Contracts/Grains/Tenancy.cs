namespace Plumbline.Contracts.Grains;

/// <summary>Which grains belong to which tenant, by their keys: <c>organization</c>, <c>organization/project</c> and what lies below.</summary>
public static class Tenancy
{
    /// <summary>The tenant that a key begins with: its project if there is one, else its organization.</summary>
    public static string Of(string grainKey)
    {
        var first = grainKey.IndexOf('/', StringComparison.Ordinal);
        var second = first < 0 ? -1 : grainKey.IndexOf('/', first + 1);
        return second < 0 ? grainKey : grainKey[..second];
    }

    /// <summary>Whether who acts for a tenant may call the grain of a key: all of an organization for an organization; for a project its
    /// own and what its organization keeps for all of its projects.</summary>
    public static bool Covers(string tenant, string grainKey)
    {
        if (grainKey.StartsWith(tenant, StringComparison.Ordinal) && (grainKey.Length == tenant.Length || grainKey[tenant.Length] == '/')) return true;
        return tenant.Length > grainKey.Length && tenant[grainKey.Length] == '/' && tenant.StartsWith(grainKey, StringComparison.Ordinal);
    }
}
