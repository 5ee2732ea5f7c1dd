namespace Plumbline.TraceStore;

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
