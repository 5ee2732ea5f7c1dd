namespace Plumbline.TraceStore;

/// <summary>Which traces a sampling lets go. A trace goes as a whole when it has ended, has no error, was not chosen by its id, and nobody wants it
/// kept.</summary>
public sealed record TraceSampling
{
    /// <summary>Share of traces kept, 0 to 1, among those that start at a time (nanoseconds since 1970). 1 and more keeps all.</summary>
    public required Func<long, double> RateAt { get; init; }

    /// <summary>Traces that end later (nanoseconds since 1970) are left for another time.</summary>
    public required long EndedBeforeUnixNano { get; init; }

    /// <summary>A span that keeps its trace; null for none.</summary>
    public SpanPredicate? Keeps { get; init; }

    /// <summary>Asked for the traces among these that are to stay; null for none. Asked right before they would go.</summary>
    public Func<IReadOnlyCollection<TraceId>, CancellationToken, ValueTask<IReadOnlySet<TraceId>>>? KeptAmong { get; init; }

    /// <summary>Whether a trace is among the share that is kept whatever happened in it. The same answer in every shard and process, and for a larger
    /// share whenever for a smaller.</summary>
    /// <param name="id">The trace.</param>
    /// <param name="rate">0 keeps none, 1 all.</param>
    public static bool IsChosen(TraceId id, double rate)
    {
        var mix = id.Mix() * 0x9E3779B97F4A7C15ul;
        mix = (mix ^ (mix >> 29)) * 0xBF58476D1CE4E5B9ul;
        return ((mix ^ (mix >> 32)) >> 11) * (1.0 / (1ul << 53)) < rate;
    }
}
