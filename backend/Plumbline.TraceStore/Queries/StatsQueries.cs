namespace Plumbline.TraceStore;

/// <summary>The values of a field among the spans of a time range are asked for, most frequent first (then by ordinal).</summary>
public sealed record FacetQuery
{
    public required GroupField Field { get; init; }
    public NanoRange Range { get; init; } = NanoRange.All;

    /// <summary>Values start with it, ignoring case.</summary>
    public string? Prefix { get; init; }

    /// <summary>1 to <see cref="SpanStoreOptions.MaxPageSize"/>.</summary>
    public int First { get; init; } = 20;

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value; kinds and statuses in capitals.</param>
/// <param name="Count">Spans that have it.</param>
public readonly record struct FacetCount(string Value, long Count);

/// <summary>Aggregates over spans are asked for, by time and group.</summary>
public sealed record StatsQuery
{
    /// <summary>Spans that start in it.</summary>
    public required NanoRange Range { get; init; }

    /// <summary>Length of a bucket in nanoseconds, at least a second; buckets start at multiples of it since 1970 plus <see cref="BucketOffsetNano"/>. Null for one bucket.</summary>
    public long? BucketNano { get; init; }

    /// <summary>Shifts the buckets; a week starts on Monday with four days.</summary>
    public long BucketOffsetNano { get; init; }
    public IReadOnlyList<GroupField> GroupBy { get; init; } = [];
    public SpanCondition? Where { get; init; }

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}

/// <summary>One bucket of one group. Rows of several stores (shards) over different traces can be added with <see cref="Add"/>.</summary>
public sealed class StatsRow
{
    /// <summary>Start of the bucket, nanoseconds since 1970; null without buckets.</summary>
    public long? BucketStartUnixNano { get; init; }

    /// <summary>The values grouped by, in the order asked for; empty text where a span has none.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];
    public long Spans { get; set; }

    /// <summary>Distinct traces.</summary>
    public long Traces { get; set; }
    public long Errors { get; set; }

    /// <summary>Of leaf model calls alone.</summary>
    public TokenSums Tokens { get; set; }

    /// <summary>Pico-dollars of leaf model calls; null when none has a known cost.</summary>
    public Int128? Cost { get; set; }

    /// <summary>Leaf model calls without a known cost.</summary>
    public long UnpricedSpans { get; set; }

    /// <summary>Nanoseconds, of spans whose end is known.</summary>
    public QuantileSketch Duration { get; init; } = new();

    /// <summary>Nanoseconds, of spans that told it.</summary>
    public QuantileSketch TimeToFirstToken { get; init; } = new();

    /// <summary>Adds a row of the same bucket and group over other traces.</summary>
    public void Add(StatsRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Spans += other.Spans;
        Traces += other.Traces;
        Errors += other.Errors;
        Tokens = Sum(Tokens, other.Tokens);
        Cost = Cost is null ? other.Cost : Cost + (other.Cost ?? 0);
        UnpricedSpans += other.UnpricedSpans;
        Duration.Add(other.Duration);
        TimeToFirstToken.Add(other.TimeToFirstToken);
    }

    internal static TokenSums Sum(TokenSums a, TokenSums b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.Total + b.Total, Sum(a.CachedInput, b.CachedInput), Sum(a.Reasoning, b.Reasoning));

    private static long? Sum(long? a, long? b) => a is null ? b : b is null ? a : a + b;
}
