using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>The name of an organization in addresses; the key is the slug. Gives each slug to one organization.</summary>
[Alias("IOrganizationSlugGrain"), AcrossTenants]
public interface IOrganizationSlugGrain : IGrainWithStringKey
{
    /// <summary>The organization's id, or null when the slug is free.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<string?> FindAsync();

    /// <summary>Makes an organization of this slug, or completes one that the same request began. A slug whose organization was never made is free.</summary>
    /// <returns>Its id, or null when the slug is taken.</returns>
    [Alias("CreateAsync")]
    Task<string?> CreateAsync(NewOrganization organization);
}
