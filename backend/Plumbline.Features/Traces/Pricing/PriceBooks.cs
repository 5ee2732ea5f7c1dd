using System.Collections.Concurrent;
using Plumbline.Contracts.Traces;
using Plumbline.Otlp.Pricing;

namespace Plumbline.Features.Traces.Pricing;

/// <summary>The prices of each organization, made anew when it has saved some. Asked for every request, so that a price holds at once.</summary>
internal sealed class PriceBooks(IGrainFactory grains, IPriceBook builtIn)
{
    private readonly ConcurrentDictionary<string, PriceBook> known = new(StringComparer.Ordinal);

    public async ValueTask<PriceBook> ForAsync(string organization)
    {
        var before = known.GetValueOrDefault(organization);
        if (await grains.GetGrain<IModelPricesGrain>(organization).GetAsync(before?.Own.Version) is not { } changed) return before!;
        return known[organization] = new PriceBook(changed, changed.Prices.IsEmpty ? builtIn : new OverriddenPrices(changed.Prices, builtIn));
    }
}

/// <summary>An organization's own prices, and what holds with them.</summary>
internal sealed record PriceBook(OrganizationPrices Own, IPriceBook Prices);
