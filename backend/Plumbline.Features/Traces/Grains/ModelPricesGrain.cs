using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Traces.Grains;

/// <summary>Keeps an organization's prices.</summary>
[GrainType("modelprices")]
internal sealed class ModelPricesGrain([PersistentState("prices", "grains")] IPersistentState<ModelPricesState> stored, IOptions<TracesOptions> options)
    : Grain, IModelPricesGrain
{
    public Task<OrganizationPrices?> GetAsync(long? knownVersion) => Task.FromResult(knownVersion == stored.State.Prices.Version ? null : stored.State.Prices);

    public async Task<long> SaveAsync(OrganizationPrice price)
    {
        var before = stored.State.Prices;
        if (before.Prices.FirstOrDefault(p => p with { SavedAs = 0 } == price) is { } same) return same.SavedAs;
        var others = before.Prices.RemoveAll(p => (p.Model, p.Provider, p.ValidFrom) == (price.Model, price.Provider, price.ValidFrom));
        if (others.Length >= options.Value.MaxModelPrices)
            throw Failure.BadInput($"The organization has {options.Value.MaxModelPrices} prices, which is the most it may have.");
        var version = before.Version + 1;
        await stored.SaveAsync(new() { Prices = new OrganizationPrices(version, others.Add(price with { SavedAs = version })) });
        return version;
    }
}

[GenerateSerializer, Alias("ModelPricesState"), Immutable]
internal sealed record ModelPricesState
{
    [Id(0)] public OrganizationPrices Prices { get; init; } = new(0, []);
}
