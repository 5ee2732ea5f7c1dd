namespace Plumbline.TraceStore;

/// <summary>Aggregates over spans are asked for, by time and group.</summary>
public sealed record StatsQuery
{
    /// <summary>Spans that start in it.</summary>
    public required NanoRange Range { get; init; }

    /// <summary>Length of a bucket in nanoseconds, at least a second; buckets start at multiples of it since 1970 plus <see cref="BucketOffsetNano"/>.
    /// Null for one bucket.</summary>
    public long? BucketNano { get; init; }

    /// <summary>Shifts the buckets; a week starts on Monday with four days.</summary>
    public long BucketOffsetNano { get; init; }
    public IReadOnlyList<GroupField> GroupBy { get; init; } = [];
    public SpanCondition? Where { get; init; }

    /// <inheritdoc cref="TraceQuery.Hidden"/>
    public IReadOnlySet<TraceId>? Hidden { get; init; }
}
