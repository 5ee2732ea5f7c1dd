using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>What is done once all dialects have had their say: defaults, token arithmetic, price.</summary>
internal static class Finishing
{
    public static void Apply(SpanDraft draft, MappingSettings settings, OriginCache origin)
    {
        var writer = draft.Writer;
        if (!writer.Has(SpanText.Model) && writer.Has(SpanText.RequestModel)) draft.Copy(SpanText.RequestModel, SpanText.Model);
        if (!writer.Has(SpanText.Environment) && origin.Environment.Length > 0) writer.Set(SpanText.Environment, origin.Environment);
        if (!writer.Has(SpanText.Environment) && settings.DefaultEnvironment is { Length: > 0 } environment) writer.Set(SpanText.Environment, environment);
        if (writer.Has(SpanText.Provider)) Providers.Settle(writer);
        draft.SettleUsage();
        Price(writer, settings.Prices);
    }

    private static void Price(SpanBatchWriter writer, IPriceBook? prices)
    {
        if (prices is not null && IsModelCall(writer.Kind) && writer.Has(SpanText.Model) && (writer.Has(SpanNumber.InputTokens)
            || writer.Has(SpanNumber.OutputTokens))
            && prices.TryPrice(writer.Get(SpanText.Provider), writer.Get(SpanText.Model), Tokens(writer), writer.StartUnixNano, out var cost))
        {
            writer.Set(SpanNumber.Cost, cost);
        }
        else if (writer.Get(SpanNumber.CostGiven) is { } given) writer.Set(SpanNumber.Cost, given);
    }

    internal static bool IsModelCall(StoredKind kind) =>
        kind is StoredKind.Generation or StoredKind.Embedding or StoredKind.Reranker or StoredKind.Evaluator or StoredKind.Guardrail;

    private static TokenCounts Tokens(SpanBatchWriter writer) => new(
        writer.Get(SpanNumber.InputTokens) ?? 0, writer.Get(SpanNumber.OutputTokens) ?? 0, writer.Get(SpanNumber.CachedInputTokens) ?? 0,
        writer.Get(SpanNumber.CacheWriteTokens) ?? 0, writer.Get(SpanNumber.ReasoningTokens) ?? 0);
}
