using System.Runtime.InteropServices;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Reading;

/// <summary>Adds statistics of several shards, which hold different traces.</summary>
internal static class StatsParts
{
    public static StatsPart[] Add(IEnumerable<StatsPart> parts) =>
    [
        .. parts.GroupBy(p =>
            (p.BucketStartUnixNano, Key: string.Join('\0', p.Group))).OrderBy(g => g.Key.BucketStartUnixNano).ThenBy(g => g.Key.Key, StringComparer.Ordinal)
            .Select(g => g.Aggregate(Add)),
    ];

    public static TokenUsage Add(TokenUsage a, TokenUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.Total + b.Total, Add(a.CachedInput, b.CachedInput), Add(a.Reasoning, b.Reasoning));

    public static decimal? Add(decimal? a, decimal? b) => a is null ? b : b is null ? a : a + b;

    public static QuantileSketch Sketch(SketchPart part) => QuantileSketch.Of(part.Buckets.AsSpan(), part.Sum, part.Max);

    private static StatsPart Add(StatsPart a, StatsPart b) => a with
    {
        Spans = a.Spans + b.Spans,
        Traces = a.Traces + b.Traces,
        Errors = a.Errors + b.Errors,
        Tokens = Add(a.Tokens, b.Tokens),
        CostUsd = Add(a.CostUsd, b.CostUsd),
        UnpricedSpans = a.UnpricedSpans + b.UnpricedSpans,
        Duration = Add(a.Duration, b.Duration),
        TimeToFirstToken = Add(a.TimeToFirstToken, b.TimeToFirstToken),
    };

    private static SketchPart Add(SketchPart a, SketchPart b)
    {
        var sketch = Sketch(a);
        sketch.Add(Sketch(b));
        return new(ImmutableCollectionsMarshal.AsImmutableArray(sketch.ToBuckets()), sketch.Sum, sketch.Max);
    }

    private static long? Add(long? a, long? b) => a is null ? b : b is null ? a : a + b;
}
