using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.TraceStore;

/// <summary>Measures the stores that are opened with it, in sums over all of them: no figure tells one from another. What nobody listens to costs a test of a
/// field for each batch.</summary>
public sealed class TraceStoreInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Plumbline.Store";

    private const string TimeOfFlushes = "Time from when a batch is handed to the log until it is on disk.";
    private const string TimeOfSeals = "Time that it takes to make a block of a head; their number is that of the blocks made.";
    private const string OfDamaged = "Blocks of open stores that cannot be read and are left out of all answers.";
    private const string OfBlockSpans = "Spans in blocks of open stores, deleted ones included until the block is rewritten.";

    private static readonly InstrumentAdvice<double> FlushSeconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly InstrumentAdvice<double> SealSeconds =
        new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private static readonly KeyValuePair<string, object?> Stored = new("plumbline.outcome", "stored");
    private static readonly KeyValuePair<string, object?> Overloaded = new("plumbline.outcome", "overloaded");

    private readonly ConcurrentDictionary<SpanStore, byte> _open = [];
    private readonly Counter<long> _appends;
    private readonly Counter<long> _spans;
    private readonly Counter<long> _compacted;
    private readonly Histogram<double> _flushes;
    private readonly Histogram<double> _seals;

    /// <summary>Makes the instruments of <see cref="MeterName"/>.</summary>
    public TraceStoreInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _appends = meter.CreateCounter<long>("plumbline.store.appends", "{batch}", "Batches of spans, by what became of them.");
        _spans = meter.CreateCounter<long>("plumbline.store.appended_spans", "{span}", "Spans that were stored, copies of the same one included.");
        _flushes = meter.CreateHistogram("plumbline.store.flush.duration", "s", TimeOfFlushes, null, FlushSeconds);
        _seals = meter.CreateHistogram("plumbline.store.seal.duration", "s", TimeOfSeals, null, SealSeconds);
        _compacted = meter.CreateCounter<long>("plumbline.store.compacted_blocks", "{block}", "Blocks that were joined or rewritten.");
        Observe(meter, "plumbline.store.damaged_blocks", "{block}", OfDamaged, s => s.Quarantined.Count);
        Observe(meter, "plumbline.store.blocks", "{block}", "Blocks of open stores.", s => s.Blocks);
        Observe(meter, "plumbline.store.block_spans", "{span}", OfBlockSpans, s => s.BlockSpans);
        Observe(meter, "plumbline.store.block_size", "By", "Bytes of the blocks of open stores.", s => s.BlockBytes);
        Observe(meter, "plumbline.store.head_spans", "{span}", "Spans in memory that are in no block yet.", s => s.HeadSpans);
        Observe(meter, "plumbline.store.head_size", "By", "Bytes of spans in memory that are in no block yet.", s => s.HeadBytes);
        Observe(meter, "plumbline.store.cache_size", "By", "Bytes of decoded parts of blocks in memory.", s => s.CacheBytes);
        Observe(meter, "plumbline.store.pending_size", "By", "Bytes of batches that wait for the log.", s => s.PendingBytes);
        meter.CreateObservableGauge("plumbline.store.open", () => _open.Count, "{store}", "Stores that are open in this process.");
    }

    internal void Opened(SpanStore store) => _open[store] = 0;

    internal void Closed(SpanStore store) => _open.TryRemove(store, out _);

    internal void Appended(int spans)
    {
        _appends.Add(1, Stored);
        _spans.Add(spans);
    }

    internal void Refused() => _appends.Add(1, Overloaded);

    internal void Compacted(int blocks) => _compacted.Add(blocks);

    /// <summary>Now, on the machine's clock; 0 when nobody listens.</summary>
    internal long BeginFlush() => _flushes.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void EndFlush(long begun)
    {
        if (begun != 0) _flushes.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <inheritdoc cref="BeginFlush"/>
    internal long BeginSeal() => _seals.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void EndSeal(long begun)
    {
        if (begun != 0) _seals.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private void Observe(Meter meter, string name, string unit, string description, Func<SpanStoreStatus, long> figure) =>
        meter.CreateObservableGauge(name, () => _open.Keys.Sum(store => figure(store.Status)), unit, description);
}
