using System.Text;
using Plumbline.Otlp.Mapping;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Pricing;

/// <summary>Prices spans that are stored already, as the mapping prices new ones.</summary>
public static class SpanPricing
{
    /// <summary>What the span costs in pico-dollars: by the price in force at its start, else as its sender gave it, else null.</summary>
    public static long? CostOf(SpanRecord span, IPriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(prices);
        if (!Finishing.IsModelCall(span.Kind) || span.Model is null || (span.InputTokens is null && span.OutputTokens is null)) return span.CostGiven;
        var tokens = new TokenCounts(span.InputTokens ?? 0, span.OutputTokens ?? 0, span.CachedInputTokens ?? 0, span.CacheWriteTokens ?? 0, span.ReasoningTokens ?? 0);
        return prices.TryPrice(Encoding.UTF8.GetBytes(span.Provider ?? ""), Encoding.UTF8.GetBytes(span.Model), tokens, span.StartUnixNano, out var cost) ? cost : span.CostGiven;
    }
}
