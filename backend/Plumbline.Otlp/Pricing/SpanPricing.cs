using System.Text;
using Plumbline.Otlp.Mapping;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Pricing;

/// <summary>Prices spans that are stored already, as the mapping prices new ones.</summary>
public static class SpanPricing
{
    private static readonly SpanNumber[] Tokens =
        [SpanNumber.InputTokens, SpanNumber.OutputTokens, SpanNumber.CachedInputTokens, SpanNumber.CacheWriteTokens, SpanNumber.ReasoningTokens];

    /// <summary>What the span costs in pico-dollars: by the price in force at its start, else as its sender gave it, else null.</summary>
    public static long? CostOf(SpanRecord span, IPriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(prices);
        if (!Finishing.IsModelCall(span.Kind) || span.Model is null || (span.InputTokens is null && span.OutputTokens is null)) return span.CostGiven;
        var tokens = new TokenCounts(
            span.InputTokens ?? 0, span.OutputTokens ?? 0, span.CachedInputTokens ?? 0, span.CacheWriteTokens ?? 0,
            span.ReasoningTokens ?? 0);
        return prices.TryPrice(Encoding.UTF8.GetBytes(span.Provider ?? ""), Encoding.UTF8.GetBytes(span.Model), tokens, span.StartUnixNano, out var cost)
            ? cost
            : span.CostGiven;
    }

    /// <summary>What a span costs that was mapped anew: as it is stored where that was priced by the same model and tokens, else anew.</summary>
    internal static long? CostOf(SpanReader stored, SpanReader mapped, IPriceBook? prices)
    {
        var given = mapped.Number(SpanNumber.CostGiven);
        var storedGiven = stored.Number(SpanNumber.CostGiven);
        if (IsPricedAlike(stored, mapped) && (given == storedGiven || stored.Number(SpanNumber.Cost) != storedGiven)) return stored.Number(SpanNumber.Cost);
        if (prices is null || !IsPriced(mapped)) return given;
        return prices.TryPrice(mapped.Text(SpanText.Provider), mapped.Text(SpanText.Model), Counts(mapped), mapped.StartUnixNano, out var cost) ? cost : given;
    }

    private static bool IsPricedAlike(SpanReader a, SpanReader b)
    {
        if (IsPriced(a) != IsPriced(b) || !a.Text(SpanText.Provider).SequenceEqual(b.Text(SpanText.Provider))
            || !a.Text(SpanText.Model).SequenceEqual(b.Text(SpanText.Model))) return false;
        foreach (var field in Tokens)
        {
            if (a.Number(field) != b.Number(field)) return false;
        }
        return true;
    }

    private static bool IsPriced(SpanReader span) =>
        Finishing.IsModelCall(span.Kind) && span.Has(SpanText.Model) && (span.Has(SpanNumber.InputTokens) || span.Has(SpanNumber.OutputTokens));

    private static TokenCounts Counts(SpanReader span) => new(
        span.Number(SpanNumber.InputTokens) ?? 0, span.Number(SpanNumber.OutputTokens) ?? 0, span.Number(SpanNumber.CachedInputTokens) ?? 0,
        span.Number(SpanNumber.CacheWriteTokens) ?? 0, span.Number(SpanNumber.ReasoningTokens) ?? 0);
}
