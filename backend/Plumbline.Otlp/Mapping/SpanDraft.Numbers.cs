using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

internal sealed partial class SpanDraft
{
    private const double PicoPerDollar = 1e12;

    // More than any call has, and few enough for sums of them.
    private const long MostTokens = 1_000_000_000_000;

    /// <summary>The first of several attributes as a count. A second source that says something else is noted, not added.</summary>
    public void Count(SpanNumber field, in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        foreach (var key in keys)
        {
            if (source.TryGet(key, out var value) && value.TryGetInt64(out var count)) Count(field, count, key.Name);
        }
    }

    public void Count(SpanNumber field, long count, string origin)
    {
        if (count < 0) Warn($"{origin} is negative and was left out");
        else if (count > MostTokens) Warn($"{origin} is more than {MostTokens} and was left out");
        else if (Writer.Get(field) is not { } there) Writer.Set(field, count);
        else if (there != count && Convention == UsageConvention.Unknown) Warn($"{origin} says {count}, another attribute {there}");
    }

    /// <summary>Time to the first token after the start, from a number of the given unit.</summary>
    public void TimeToFirstToken(in SpanSource source, double nanosPerUnit, params ReadOnlySpan<AttributeKey> keys)
    {
        if (Writer.Has(SpanNumber.TimeToFirstToken) || !source.TryFirst(keys, out var value) || !value.TryGetDouble(out var amount)) return;
        TimeToFirstToken((long)Math.Clamp(amount * nanosPerUnit, -1, 9e18));
    }

    /// <summary>Nanoseconds after the start; refused when it lies outside the span.</summary>
    public void TimeToFirstToken(long nanos)
    {
        if (Writer.Has(SpanNumber.TimeToFirstToken)) return;
        var duration = Writer.EndUnixNano - Writer.StartUnixNano;
        if (nanos >= 0 && (duration <= 0 || nanos <= duration)) Writer.Set(SpanNumber.TimeToFirstToken, nanos);
        else Warn("time to first token lies outside the span and was left out");
    }

    /// <summary>What the sender says it cost, in dollars.</summary>
    public void CostGiven(in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (source.TryFirst(keys, out var value) && value.TryGetDouble(out var dollars)) CostGiven(dollars);
    }

    public void CostGiven(double dollars)
    {
        if (Writer.Has(SpanNumber.CostGiven) || dollars is < 0 or > 1_000_000 || !double.IsFinite(dollars)) return;
        Writer.Set(SpanNumber.CostGiven, (long)Math.Round(dollars * PicoPerDollar));
    }

    /// <summary>Brings token counts to one meaning: input holds the cached tokens, and total is input plus output.</summary>
    public void SettleUsage()
    {
        if (RepeatsUsage || Writer.Kind is StoredKind.Agent or StoredKind.Chain)
        {
            foreach (var field in Usage) Writer.Remove(field);
            return;
        }
        var input = Writer.Get(SpanNumber.InputTokens);
        var output = Writer.Get(SpanNumber.OutputTokens);
        if (input is { } count) input = Inclusive(count, output);
        if (Writer.Kind == StoredKind.Embedding && output is null && input is not null && !Writer.Has(SpanNumber.TotalTokens))
            Writer.Set(SpanNumber.TotalTokens, input.Value);
        if (input is not null && output is not null) Writer.Set(SpanNumber.TotalTokens, input.Value + output.Value);
    }

    /// <summary>Whether the field is left out where another span reports the same usage.</summary>
    public static bool IsUsage(SpanNumber field) => Usage.Contains(field);

    private static readonly SpanNumber[] Usage =
    [
        SpanNumber.InputTokens, SpanNumber.OutputTokens, SpanNumber.TotalTokens, SpanNumber.CachedInputTokens,
        SpanNumber.CacheWriteTokens, SpanNumber.ReasoningTokens, SpanNumber.CostGiven,
    ];

    // A sender that counts cached tokens beside the input gives itself away by more cached than input tokens, or by its total.
    private long Inclusive(long input, long? output)
    {
        var cached = (Writer.Get(SpanNumber.CachedInputTokens) ?? 0) + (Writer.Get(SpanNumber.CacheWriteTokens) ?? 0);
        if (cached == 0) return input;
        var exclusive = Convention == UsageConvention.Exclusive
            || (Convention == UsageConvention.Unknown && (cached > input || Writer.Get(SpanNumber.TotalTokens) == input + (output ?? 0) + cached));
        Writer.Usage = exclusive ? UsageConvention.Exclusive : UsageConvention.Inclusive;
        if (!exclusive) return input;
        Writer.Set(SpanNumber.InputTokens, input + cached);
        return input + cached;
    }
}
