using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Traces;

/// <summary>The prices of models that an organization has set itself; key: the organization. Callers have passed the permission check.</summary>
[Alias("IModelPricesGrain")]
public interface IModelPricesGrain : IGrainWithStringKey
{
    /// <summary>The prices; null when they are as they were at a version.</summary>
    [AlwaysInterleave, Alias("Get"), Repeatable]
    Task<OrganizationPrices?> GetAsync(long? knownVersion);

    /// <summary>Adds a price, or replaces the one of the same model, provider and day. Saving what is there already changes nothing.</summary>
    /// <returns>The version that the price came with.</returns>
    [Alias("Save")]
    Task<long> SaveAsync(OrganizationPrice price);
}
