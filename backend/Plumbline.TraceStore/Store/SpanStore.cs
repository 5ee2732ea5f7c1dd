using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Queries;
using Plumbline.TraceStore.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore;

/// <summary>Spans of one shard: appended durably, merged with copies that came before, and open to queries at once.</summary>
/// <remarks>
/// <para><b>Durability.</b> <see cref="AppendAsync"/> completes when the batch is on disk and visible; concurrent callers share a flush.</para>
/// <para><b>Identity.</b> The same (trace, span) is one span however often and in whatever order its copies arrive: copies are merged field by field (see SpanMerge).</para>
/// <para><b>Views.</b> A query sees the store at one moment; appends do not wait for queries.</para>
/// <para><b>Ownership.</b> One store at a time may be open over a prefix: opening fences off whoever had it before, whose appends then fail with <see cref="AppendConflictException"/>.</para>
/// <para><b>Damage.</b> A block that cannot be read is left out, logged as an error and counted in <see cref="SpanStoreStatus.Quarantined"/>; the rest keeps answering.</para>
/// All members may be called from any thread.
/// </remarks>
public sealed partial class SpanStore : IAsyncDisposable
{
    private readonly SpanStoreOptions _options;
    private readonly WalLog _log;
    private readonly SegmentSet _segments;
    private readonly BlockFolder _folder;
    private readonly Takeover _takeover;
    private readonly Housekeeping _housekeeping;
    private readonly HousekeepingLoop _loop;
    private readonly AppendRoom _room;
    private readonly PendingAppends _pending;
    private readonly TraceWatchers _watchers;
    private readonly Quarantine _quarantine;
    private readonly TimeProvider _clock;
    private readonly TraceStoreInstruments? _instruments;

    private SpanStore(IObjectStore store, string prefix, SpanStoreOptions options, TimeProvider clock, ILogger logger, TraceStoreInstruments? instruments)
    {
        _instruments = instruments;
        _options = options;
        _clock = clock;
        _quarantine = new Quarantine(logger);
        _log = new WalLog(store, prefix, options, clock);
        _segments = new SegmentSet(clock, _quarantine);
        _room = new AppendRoom(_segments, options, clock);
        _folder = new BlockFolder(store, prefix, options);
        _takeover = new Takeover(store, _folder, _log);
        _housekeeping = new Housekeeping(options, _segments, _room, _quarantine, _folder, _log, _takeover, instruments);
        _loop = new HousekeepingLoop(_housekeeping, _segments, _room, _takeover, options, clock, logger);
        _pending = new PendingAppends(options);
        _watchers = new TraceWatchers(options, clock);
    }

    /// <summary>Opens the store below a prefix of names and recovers whatever was acknowledged. On a medium that takes no writes it opens for reading alone: whatever writes then fails with
    /// <see cref="StorageUnavailableException"/> until the medium takes writes again; nothing needs to be opened anew.</summary>
    /// <param name="store">Where its objects are.</param>
    /// <param name="prefix">What their names start with.</param>
    /// <param name="options">Its limits; the defaults when null.</param>
    /// <param name="clock">Its clock; the machine's when null.</param>
    /// <param name="logger">Is told of what operators should know; nobody when null.</param>
    /// <param name="instruments">Measures it until it is closed; nobody does when null.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="WalCorruptedException">Acknowledged data in the log is damaged.</exception>
    /// <exception cref="ManifestException">The manifest cannot be read.</exception>
    public static async Task<SpanStore> OpenAsync(
        IObjectStore store, string prefix, SpanStoreOptions? options = null, TimeProvider? clock = null, ILogger? logger = null,
        TraceStoreInstruments? instruments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (options?.Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var opened = new SpanStore(store, prefix, options ?? new SpanStoreOptions(), clock ?? TimeProvider.System, logger ?? NullLogger.Instance, instruments);
        var firstLog = await opened._housekeeping.LoadAsync(cancellationToken).ConfigureAwait(false);
        await opened.RecoverAsync(store, prefix, firstLog, cancellationToken).ConfigureAwait(false);
        await opened._housekeeping.TakeBackAsync().ConfigureAwait(false);
        await opened._loop.StartAsync(cancellationToken).ConfigureAwait(false);
        instruments?.Opened(opened);
        return opened;
    }

    /// <summary>What the store holds now.</summary>
    public SpanStoreStatus Status
    {
        get
        {
            var head = _segments.HeadSize();
            var blocks = _segments.Blocks();
            return new SpanStoreStatus(head.Spans, head.Bytes, blocks.Length, blocks.Sum(b => (long)b.Block.Directory.Spans), blocks.Sum(b => b.Block.Length),
                _folder.Cache.Bytes, _pending.Bytes, _quarantine.Names());
        }
    }

    /// <summary>Stores a batch.</summary>
    /// <returns><see cref="AppendResult.Stored"/> when it is on disk and visible, <see cref="AppendResult.Overloaded"/> when nothing was stored because too much waits, or because blocks were behind for <see cref="SpanStoreOptions.MaxAppendWait"/>.</returns>
    /// <exception cref="StorageUnavailableException">The medium is full, read-only or broken; nothing was stored, and a later append may succeed.</exception>
    /// <exception cref="AppendConflictException">Another process has opened the store.</exception>
    public async ValueTask<AppendResult> AppendAsync(SpanBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0) return AppendResult.Stored;
        if (!_pending.TryEnter(batch.Bytes.Length)) return Refused();
        try
        {
            await _takeover.EnsureAsync(cancellationToken).ConfigureAwait(false);
            if (!await _room.EnterAsync(batch, cancellationToken).ConfigureAwait(false)) return Refused();
            try
            {
                await InsertAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _room.Leave(batch);
            }
        }
        finally
        {
            _pending.Leave(batch.Bytes.Length);
        }
        _loop.Look();
        _instruments?.Appended(batch.Count);
        return AppendResult.Stored;
    }

    private AppendResult Refused()
    {
        _instruments?.Refused();
        return AppendResult.Overloaded;
    }

    private async ValueTask InsertAsync(SpanBatch batch, CancellationToken cancellationToken)
    {
        await _appends.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var begun = _instruments?.BeginFlush() ?? 0;
            using var ticket = await _log.AppendAsync(WalFrameType.Batch, batch.Bytes, cancellationToken).ConfigureAwait(false);
            _instruments?.EndFlush(begun);
            var changed = await _segments.InsertAsync(batch).ConfigureAwait(false);
            _recent?.Add(changed);
            _watchers.Tell(changed);
        }
        finally
        {
            _appends.Leave();
        }
    }

    /// <summary>A trace with its spans, or null when there is none.</summary>
    public ValueTask<TraceData?> GetTraceAsync(TraceId id, CancellationToken cancellationToken = default) =>
        ReadAsync((views, ct) => TraceLookup.FindAsync(views, id, ct), cancellationToken);

    /// <summary>One span, or null when there is none.</summary>
    public async ValueTask<SpanRecord?> GetSpanAsync(TraceId traceId, SpanId spanId, CancellationToken cancellationToken = default)
    {
        var trace = await GetTraceAsync(traceId, cancellationToken).ConfigureAwait(false);
        return trace?.Spans.FirstOrDefault(s => s.SpanId == spanId);
    }

    /// <summary>A page of traces.</summary>
    /// <exception cref="InvalidQueryException">A value is out of its range.</exception>
    /// <exception cref="InvalidCursorException">The cursor is of another list.</exception>
    public ValueTask<TracePage> QueryTracesAsync(TraceQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync(async (views, ct) => (await TraceScan.RunAsync(views, query, _options, ct).ConfigureAwait(false)) with { Quarantined = _quarantine.Count }, cancellationToken);

    /// <inheritdoc cref="QueryTracesAsync"/>
    public ValueTask<SpanPage> QuerySpansAsync(SpanQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync(async (views, ct) => (await SpanScan.RunAsync(views, query, _options, ct).ConfigureAwait(false)) with { Quarantined = _quarantine.Count }, cancellationToken);

    /// <summary>The values of a field.</summary>
    public ValueTask<IReadOnlyList<FacetCount>> FacetsAsync(FacetQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync((views, ct) => FacetScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>Aggregates, by bucket and then group.</summary>
    public ValueTask<IReadOnlyList<StatsRow>> StatsAsync(StatsQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync((views, ct) => StatsScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>A page of sessions.</summary>
    public ValueTask<SessionPage> SessionsAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync((views, ct) => SessionScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>New and changed traces that match, gathered over <see cref="SpanStoreOptions.WatchInterval"/>, until cancelled. Watching begins with this call.</summary>
    /// <param name="where">Which traces.</param>
    /// <param name="missed">Tells the newest page of the traces of this time as well, as if they had just come: for a watcher who was away. Null tells of none.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public IAsyncEnumerable<TraceChanges> WatchAsync(TraceCondition? where = null, NanoRange? missed = null, CancellationToken cancellationToken = default) =>
        MatchingAsync(_watchers.WatchAsync(missed is { } range ? ct => NewestAsync(where, range, ct) : null, cancellationToken), where, cancellationToken);

    /// <summary>Seals the head into a block now, whatever its size.</summary>
    public async ValueTask SealAsync(CancellationToken cancellationToken = default) => await _housekeeping.SealAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Joins small blocks now.</summary>
    /// <returns>How many blocks were replaced.</returns>
    public ValueTask<int> CompactAsync(CancellationToken cancellationToken = default) => _housekeeping.CompactAsync(cancellationToken);

    /// <summary>Waits for appends and housekeeping under way and closes the log. What is in the head is in the log, and comes back when the store is opened again.</summary>
    public async ValueTask DisposeAsync()
    {
        _instruments?.Closed(this);
        await _loop.DisposeAsync().ConfigureAwait(false);
        await _takeover.DisposeAsync().ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _housekeeping.Dispose();
    }

    private async ValueTask<T> ReadAsync<T>(Func<IReadOnlyList<SegmentView>, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await read(_segments.Snapshot(), cancellationToken).ConfigureAwait(false);
            }
            catch (BlockCorruptedException e)
            {
                _segments.Exclude(e);
            }
            catch (ObjectNotFoundException e)
            {
                // A block was compacted away while the query ran; a block that is still listed is lost.
                if (attempt > 2) _segments.Exclude(Quarantine.Missing(e));
            }
        }
    }

    private async ValueTask<HashSet<TraceId>> NewestAsync(TraceCondition? where, NanoRange range, CancellationToken cancellationToken)
    {
        var filter = new TraceCondition { Range = range, And = where is null ? null : [where] };
        var page = await QueryTracesAsync(new TraceQuery { Where = filter, First = _options.MaxPageSize }, cancellationToken).ConfigureAwait(false);
        return [.. page.Traces.Select(t => t.Trace.TraceId)];
    }

    private async IAsyncEnumerable<TraceChanges> MatchingAsync(
        IAsyncEnumerable<(HashSet<TraceId> Changed, int Missed)> changes, TraceCondition? where, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (changed, missed) in changes.ConfigureAwait(false))
        {
            foreach (var ids in changed.Chunk(_options.MaxPageSize))
            {
                var filter = new TraceCondition { TraceIds = ids, And = where is null ? null : [where] };
                var page = await QueryTracesAsync(new TraceQuery { Where = filter, Ascending = true, First = _options.MaxPageSize }, cancellationToken).ConfigureAwait(false);
                if (page.Traces.Count > 0) yield return new TraceChanges([.. page.Traces.Select(t => t.Trace)], 0);
            }
            if (missed > 0) yield return new TraceChanges([], missed);
        }
    }
}
