namespace Plumbline.TraceStore;

/// <summary>Limits of a store. Every one may be set; the defaults suit one shard on a small machine.</summary>
public sealed record SpanStoreOptions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Bytes of batches that may wait for the log at one time; more are refused as <see cref="AppendResult.Overloaded"/>. Default 64 MiB.</summary>
    public long MaxPendingBytes { get; init; } = 64 << 20;

    /// <summary>Batches that may wait for the log at one time. Default 4,096.</summary>
    public int MaxPendingBatches { get; init; } = 4096;

    /// <summary>Spans in the head at which it is sealed into a block. Default 65,536.</summary>
    public int SealSpans { get; init; } = 64 << 10;

    /// <summary>Bytes in the head at which it is sealed. While a block is made of it the next has room for a quarter of this, and for more as the block
    /// comes nearer; until it is stored for one and a half times this (three times while the seal waits for a compaction). Appends wait for room, first
    /// come first served. Default 96 MiB.</summary>
    public long SealBytes { get; init; } = 96 << 20;

    /// <summary>Age of its oldest span at which the head is sealed. Default 10 minutes.</summary>
    public TimeSpan SealAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Smallest object of the log whose room a later one takes, bytes. Such an object is kept for <see cref="SealAge"/> at most, and none is kept
    /// when something was erased. Default 1 MiB.</summary>
    public long MinSpareLogBytes { get; init; } = 1 << 20;

    /// <summary>Largest object of the log whose room a later one takes, bytes; 0 for none. Default 256 MiB.</summary>
    public long MaxSpareLogBytes { get; init; } = 256 << 20;

    /// <summary>How long an append waits while blocks are written more slowly than spans arrive; then it is refused as
    /// <see cref="AppendResult.Overloaded"/>. What waits counts against
    /// <see cref="MaxPendingBytes"/>. Default 5 seconds.</summary>
    public TimeSpan MaxAppendWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sealed heads that may wait to be written. Default 2.</summary>
    public int MaxSealing { get; init; } = 2;

    /// <summary>Blocks of fewer than half as many spans are compacted together until they have as many; so many spans are in memory meanwhile. Default
    /// 65,536.</summary>
    public int CompactSpans { get; init; } = 64 << 10;

    /// <summary>Bytes of records that are compressed together. More compress better and are slower to read one span from. Default 256 KiB.</summary>
    public int RecordPageBytes { get; init; } = 256 << 10;

    /// <summary>Spans that a sum in a block (one bucket of one name, model, environment, provider and kind) stands for on average, at least. Buckets are
    /// as short as this allows, from a minute to an hour; where even an hour is too short the block keeps no sums, for a scan is as good. Default
    /// 16.</summary>
    public int SpansPerAggregate { get; init; } = 16;

    /// <summary>Distinct values of an attribute among the spans of a block above which the block keeps a hash of each instead of the value. Default
    /// 4,096.</summary>
    public int MostAttributeValues { get; init; } = 4096;

    /// <summary>Bytes of decoded columns and pages of blocks kept in memory. Default 256 MiB.</summary>
    public long CacheBytes { get; init; } = 256 << 20;

    /// <summary>Largest page. Default 500.</summary>
    public int MaxPageSize { get; init; } = 500;

    /// <summary>Counts above this are not exact any more and given as null. Default 10,000.</summary>
    public int MaxExactCount { get; init; } = 10_000;

    /// <summary>Most rows of a stats answer; a query that makes more fails. Default 50,000.</summary>
    public int MaxStatsRows { get; init; } = 50_000;

    /// <summary>Changed traces a watcher may be behind with; beyond that it learns how many it missed. Default 10,000.</summary>
    public int MaxWatchBacklog { get; init; } = 10_000;

    /// <summary>How long no span of a trace must have come before it may be sampled away. Default 30 minutes.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Bytes of each of the two filters that know which traces got spans within <see cref="QuietTime"/>; taken once sampling begins. More than a
    /// trace for every two bytes delays decisions. Default 4 MiB.</summary>
    public int RecentTraceBytes { get; init; } = 4 << 20;

    /// <summary>How long changes are gathered before a watcher is notified. Default 200 milliseconds.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is wrong with these limits, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        AtLeast(nameof(MaxPendingBytes), MaxPendingBytes, 1);
        AtLeast(nameof(MaxPendingBatches), MaxPendingBatches, 1);
        AtLeast(nameof(SealSpans), SealSpans, 1);
        AtLeast(nameof(SealBytes), SealBytes, 1024);
        Lasts(nameof(SealAge), SealAge, TimeSpan.FromSeconds(1));
        Lasts(nameof(MaxAppendWait), MaxAppendWait, TimeSpan.Zero);
        AtLeast(nameof(MinSpareLogBytes), MinSpareLogBytes, 1);
        AtLeast(nameof(MaxSpareLogBytes), MaxSpareLogBytes, 0);
        AtLeast(nameof(MaxSealing), MaxSealing, 1);
        AtLeast(nameof(CompactSpans), CompactSpans, 2);
        AtLeast(nameof(RecordPageBytes), RecordPageBytes, 1024);
        AtLeast(nameof(SpansPerAggregate), SpansPerAggregate, 1);
        AtLeast(nameof(MostAttributeValues), MostAttributeValues, 0);
        AtLeast(nameof(CacheBytes), CacheBytes, 0);
        AtLeast(nameof(MaxPageSize), MaxPageSize, 1);
        AtLeast(nameof(MaxExactCount), MaxExactCount, 0);
        AtLeast(nameof(MaxStatsRows), MaxStatsRows, 1);
        AtLeast(nameof(MaxWatchBacklog), MaxWatchBacklog, 1);
        Lasts(nameof(QuietTime), QuietTime, TimeSpan.FromSeconds(1));
        AtLeast(nameof(RecentTraceBytes), RecentTraceBytes, 1024);
        Lasts(nameof(WatchInterval), WatchInterval, TimeSpan.Zero);
        return faults;

        void AtLeast(string name, long value, long least)
        {
            if (value < least) faults.Add($"{name} is {value}; at least {least} is needed.");
        }

        // Timers of the runtime cannot wait for much longer.
        void Lasts(string name, TimeSpan value, TimeSpan least)
        {
            if (value < least || value > LongestWait) faults.Add($"{name} is {value}; it must be from {least} to {LongestWait}.");
        }
    }
}
