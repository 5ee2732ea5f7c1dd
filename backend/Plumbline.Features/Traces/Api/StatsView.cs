using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Api;

/// <summary>Type StatsRow.</summary>
internal sealed record StatsView(
    Timestamp? BucketStart, IReadOnlyList<string> Group, long Spans, long Traces, long Errors, TokenUsage Tokens, decimal? CostUsd, long UnpricedSpans,
    PercentilesView DurationMs, PercentilesView? TimeToFirstTokenMs)
{
    /// <summary>Of no spans at all.</summary>
    public static StatsView Empty { get; } = new(null, [], 0, 0, 0, new TokenUsage(0, 0, 0, null, null), null, 0, PercentilesView.Empty, null);

    public static StatsView Of(StatsPart part) => new(
        part.BucketStartUnixNano is { } start
            ? new Timestamp(start)
            : null, part.Group, part.Spans, part.Traces, part.Errors, part.Tokens, part.CostUsd, part.UnpricedSpans,
        PercentilesView.Of(part.Duration), part.TimeToFirstToken.Buckets.IsEmpty ? null : PercentilesView.Of(part.TimeToFirstToken));
}

/// <summary>Type Percentiles, milliseconds.</summary>
internal sealed record PercentilesView(double? P50, double? P90, double? P95, double? P99, double? Max, double? Mean)
{
    private const double NanosPerMillisecond = 1e6;

    /// <summary>Of no numbers at all.</summary>
    public static PercentilesView Empty { get; } = new(null, null, null, null, null, null);

    private static readonly double[] Quantiles = [0.5, 0.9, 0.95, 0.99];

    public static PercentilesView Of(SketchPart sketch)
    {
        Span<double> at = stackalloc double[Quantiles.Length];
        var count = QuantileSketch.Quantiles(sketch.Buckets.AsSpan(), sketch.Max, Quantiles, at);
        return count == 0 ? Empty
            : new(
                at[0] / NanosPerMillisecond, at[1] / NanosPerMillisecond, at[2] / NanosPerMillisecond, at[3] / NanosPerMillisecond,
                sketch.Max / NanosPerMillisecond, sketch.Sum / count / NanosPerMillisecond);
    }
}
