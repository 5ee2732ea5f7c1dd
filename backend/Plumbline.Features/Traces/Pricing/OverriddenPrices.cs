using System.Text;
using Plumbline.Contracts.Traces;
using Plumbline.Otlp.Pricing;

namespace Plumbline.Features.Traces.Pricing;

/// <summary>The prices that hold for an organization: its own for the provider, then its own for any, then the built-in list; of each the
/// newest in force at the start.</summary>
internal sealed class OverriddenPrices : IPriceBook
{
    private readonly Dictionary<string, PriceTable> byProvider;
    private readonly IPriceBook builtIn;

    public OverriddenPrices(IEnumerable<OrganizationPrice> own, IPriceBook builtIn)
    {
        this.builtIn = builtIn;
        byProvider = own.GroupBy(p => p.Provider ?? "", StringComparer.OrdinalIgnoreCase).ToDictionary(
            g => g.Key, g => new PriceTable(g.Select(Price)), StringComparer.OrdinalIgnoreCase);
    }

    public bool TryPrice(ReadOnlySpan<byte> provider, ReadOnlySpan<byte> model, in TokenCounts tokens, long startUnixNano, out long picoDollars) =>
        (!provider.IsEmpty && byProvider.TryGetValue(Encoding.UTF8.GetString(provider), out var own)
            && own.TryPrice(provider, model, tokens, startUnixNano, out picoDollars))
        || (byProvider.TryGetValue("", out var any) && any.TryPrice(provider, model, tokens, startUnixNano, out picoDollars))
        || builtIn.TryPrice(provider, model, tokens, startUnixNano, out picoDollars);

    private static ModelPrice Price(OrganizationPrice price) => new()
    {
        Model = price.Model,
        Provider = price.Provider,
        ValidFrom = price.ValidFrom,
        Input = price.InputUsdPerMillion,
        Output = price.OutputUsdPerMillion,
        CachedInput = price.CachedInputUsdPerMillion,
        Reasoning = price.ReasoningUsdPerMillion,
    };
}
