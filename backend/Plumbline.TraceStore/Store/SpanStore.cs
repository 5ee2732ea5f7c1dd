using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Queries;
using Plumbline.TraceStore.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore;

/// <summary>Spans of one shard: appended durably, merged with copies that came before, and open to queries at once.</summary>
/// <remarks>
/// <para><b>Durability.</b> <see cref="AppendAsync"/> completes when the batch is on disk and visible; concurrent callers share a flush.</para>
/// <para><b>Identity.</b> The same (trace, span) is one span however often and in whatever order its copies arrive: copies are merged field by field (see
/// SpanMerge).</para>
/// <para><b>Views.</b> A query sees the store at one moment; appends do not wait for queries.</para>
/// <para><b>Ownership.</b> One store at a time may be open over a prefix: opening fences off whoever had it before, whose appends then fail with
/// <see cref="AppendConflictException"/>.</para>
/// <para><b>Damage.</b> A block that cannot be read is left out, logged as an error and counted in <see cref="SpanStoreStatus.Quarantined"/>; the rest
/// keeps answering.</para>
/// All members may be called from any thread.
/// </remarks>
public sealed class SpanStore : IAsyncDisposable
{
    private readonly SpanStoreOptions _options;
    private readonly WalLog _log;
    private readonly SegmentSet _segments;
    private readonly ViewReader _views;
    private readonly BlockFolder _folder;
    private readonly Takeover _takeover;
    private readonly BlockTurn _turn;
    private readonly BlockOpening _opening;
    private readonly LogRecovery _recovery;
    private readonly Ledger _ledger;
    private readonly Sealer _sealer;
    private readonly Compactor _compactor;
    private readonly HousekeepingLoop _loop;
    private readonly AppendRoom _room;
    private readonly AppendGate _appends = new();
    private readonly PendingAppends _pending;
    private readonly TraceWatchers _watchers;
    private readonly TraceFeed _feed;
    private readonly Quarantine _quarantine;
    private readonly Eraser _eraser;
    private readonly Sampler _sampler;
    private readonly Transformer _transformer;
    private readonly Remapper _remapper;
    private readonly TraceStoreInstruments? _instruments;

    private SpanStore(IObjectStore store, string prefix, SpanStoreOptions options, TimeProvider clock, ILogger logger, TraceStoreInstruments? instruments)
    {
        _instruments = instruments;
        _options = options;
        _quarantine = new Quarantine(logger);
        _log = new WalLog(store, prefix, options, clock);
        _segments = new SegmentSet(clock, _quarantine);
        _views = new ViewReader(_segments);
        _room = new AppendRoom(_segments, options, clock);
        _folder = new BlockFolder(store, prefix, options);
        _takeover = new Takeover(store, _folder, _log);
        _ledger = new Ledger(options, _segments, _quarantine, _folder, _log);
        _turn = new BlockTurn(_takeover, _ledger);
        var removal = new Removal(_log, _segments, _quarantine, _ledger, _views);
        var rewriter = new Rewriter(_segments, _folder, _ledger, instruments);
        _opening = new BlockOpening(_segments, _quarantine, _folder, _takeover, _ledger);
        _recovery = new LogRecovery(store, prefix, _log, _segments, removal, _takeover);
        _sealer = new Sealer(options, _segments, _room, _folder, _log, _ledger, _turn, instruments);
        _compactor = new Compactor(options, _segments, rewriter, _ledger, _turn);
        _loop = new HousekeepingLoop(_sealer, _compactor, _ledger, _segments, _room, _takeover, options, clock, logger);
        _pending = new PendingAppends(options);
        _watchers = new TraceWatchers(options, clock);
        _feed = new TraceFeed(_watchers, _views, options);
        _eraser = new Eraser(_views, removal, _sealer, _compactor, _turn, _ledger, _quarantine);
        _sampler = new Sampler(options, clock, _appends, _segments, removal, _sealer, _compactor, _turn);
        _transformer = new Transformer(_segments, _sealer, rewriter, _turn);
        _remapper = new Remapper(_segments, _transformer);
    }

    /// <summary>Opens the store below a prefix of names and recovers whatever was acknowledged. On a medium that takes no writes it opens for reading
    /// alone: whatever writes then fails with <see cref="StorageUnavailableException"/> until the medium takes writes again; nothing needs to be opened
    /// anew.</summary>
    /// <param name="store">Where its objects are.</param>
    /// <param name="prefix">What their names start with.</param>
    /// <param name="options">Its limits; the defaults when null.</param>
    /// <param name="clock">Its clock; the machine's when null.</param>
    /// <param name="logger">Gets what operators should know; nothing is logged when null.</param>
    /// <param name="instruments">Measures it until it is closed; nobody does when null.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="WalCorruptedException">Acknowledged data in the log is damaged.</exception>
    /// <exception cref="ManifestException">The manifest cannot be read.</exception>
    public static async Task<SpanStore> OpenAsync(
        IObjectStore store,
        string prefix,
        SpanStoreOptions? options = null,
        TimeProvider? clock = null,
        ILogger? logger = null,
        TraceStoreInstruments? instruments = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (options?.Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var opened = new SpanStore(store, prefix, options ?? new SpanStoreOptions(), clock ?? TimeProvider.System, logger ?? NullLogger.Instance, instruments);
        await opened._opening.LoadAsync(cancellationToken).ConfigureAwait(false);
        await opened._recovery.RunAsync(opened._ledger.FirstLog, cancellationToken).ConfigureAwait(false);
        await opened._opening.TakeBackAsync().ConfigureAwait(false);
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
    /// <returns><see cref="AppendResult.Stored"/> when it is on disk and visible, <see cref="AppendResult.Overloaded"/> when nothing was stored because
    /// too much waits, or because blocks were behind for <see cref="SpanStoreOptions.MaxAppendWait"/>.</returns>
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
            _sampler.Note(changed);
            _watchers.Notify(changed);
        }
        finally
        {
            _appends.Leave();
        }
    }

    /// <summary>A trace with its spans, or null when there is none.</summary>
    public ValueTask<TraceData?> GetTraceAsync(TraceId id, CancellationToken cancellationToken = default) =>
        _views.ReadAsync((views, ct) => TraceLookup.FindAsync(views, id, ct), cancellationToken);

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
        _views.ReadAsync(
            async (views, ct) => (await TraceScan.RunAsync(views, query, _options, ct).ConfigureAwait(false)) with { Quarantined = _quarantine.Count },
            cancellationToken);

    /// <inheritdoc cref="QueryTracesAsync"/>
    public ValueTask<SpanPage> QuerySpansAsync(SpanQuery query, CancellationToken cancellationToken = default) =>
        _views.ReadAsync(
            async (views, ct) => (await SpanScan.RunAsync(views, query, _options, ct).ConfigureAwait(false)) with { Quarantined = _quarantine.Count },
            cancellationToken);

    /// <summary>The values of a field.</summary>
    public ValueTask<IReadOnlyList<FacetCount>> FacetsAsync(FacetQuery query, CancellationToken cancellationToken = default) =>
        _views.ReadAsync((views, ct) => FacetScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>Aggregates, by bucket and then group.</summary>
    public ValueTask<IReadOnlyList<StatsRow>> StatsAsync(StatsQuery query, CancellationToken cancellationToken = default) =>
        _views.ReadAsync((views, ct) => StatsScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>A page of sessions.</summary>
    public ValueTask<SessionPage> SessionsAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        _views.ReadAsync((views, ct) => SessionScan.RunAsync(views, query, _options, ct), cancellationToken);

    /// <summary>New and changed traces that match, gathered over <see cref="SpanStoreOptions.WatchInterval"/>, until cancelled. Watching begins with this
    /// call.</summary>
    /// <param name="where">Which traces.</param>
    /// <param name="missed">Tells the newest page of the traces of this time as well, as if they had just come: for a watcher who was away. Null tells of
    /// none.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public IAsyncEnumerable<TraceChanges> WatchAsync(TraceCondition? where = null, NanoRange? missed = null, CancellationToken cancellationToken = default) =>
        _feed.WatchAsync(where, missed, cancellationToken);

    /// <summary>The traces in which a span names this user.</summary>
    public async ValueTask<IReadOnlyList<TraceId>> TracesOfUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return await _eraser.TracesOfUserAsync(userId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a trace, as <see cref="EraseTracesAsync"/> does.</summary>
    /// <returns>How many spans it had.</returns>
    public ValueTask<long> EraseTraceAsync(TraceId id, CancellationToken cancellationToken = default) =>
        EraseTracesAsync([id], cancellationToken: cancellationToken);

    /// <summary>Deletes every trace in which a span names this user, as <see cref="EraseTracesAsync"/> does.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return _eraser.EraseUserAsync(userId, cancellationToken);
    }

    /// <summary>Deletes traces. When this returns, no object of the store holds anything of them, nor of what was erased before, quarantined blocks excepted
    /// (<see cref="SpanStoreStatus.Quarantined"/>): what those hold of them is deleted when they can be read again and the store is opened, before anybody
    /// sees it. An erasure that was cut short is finished by housekeeping, after a restart too, or by calling this again, without ids too.</summary>
    /// <param name="ids">The traces.</param>
    /// <param name="ofUser">The user they were chosen for, if any: quarantined blocks may hold more of that user's.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseTracesAsync(IReadOnlyCollection<TraceId> ids, string? ofUser = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _eraser.EraseAsync(ids, ofUser, cancellationToken);
    }

    /// <summary>Traces of erased users that were deleted by opening the store: they were in a block that could not be read when the user was erased.
    /// Whoever keeps more about them than the store does learns here that it has to go too.</summary>
    public IReadOnlyList<TraceId> ErasedByOpening => _opening.FoundLater;

    /// <summary>Retention: drops the traces that started before a time (nanoseconds since 1970). Blocks of which a third or more is dropped are rewritten
    /// or deleted.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> DropBeforeAsync(long unixNano, CancellationToken cancellationToken = default) =>
        _eraser.DropBeforeAsync(unixNano, cancellationToken);

    /// <summary>Whether <see cref="DropBeforeAsync"/> would drop anything.</summary>
    public async ValueTask<bool> HasBeforeAsync(long unixNano, CancellationToken cancellationToken = default) =>
        (await _eraser.TracesBeforeAsync(unixNano, cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>Lets traces go, in blocks that were sealed: the newest traces are still in memory and wait for the next call. A trace that got a span within
    /// <see cref="SpanStoreOptions.QuietTime"/> is left alone; the first call begins to watch for that, so nothing goes before it was that long ago.</summary>
    /// <returns>How many spans went, and whether traces are left that are still to be decided on.</returns>
    /// <remarks>What a block held when it was decided on is not looked at again: traces stay that were kept.</remarks>
    public ValueTask<(long Spans, bool Pending)> SampleAsync(TraceSampling sampling, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        return _sampler.SampleAsync(sampling, cancellationToken);
    }

    /// <summary>Passes every stored span through a transform, block by block; queries and appends go on. Spans that arrive meanwhile are left as they
    /// are.</summary>
    /// <returns>How many spans were changed.</returns>
    public ValueTask<long> TransformAsync(SpanTransform transform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return _transformer.TransformAsync(transform, cancellationToken);
    }

    /// <summary>Passes the spans of some blocks through a transform; seals, queries and appends go on between blocks. To be called until it says that all
    /// are done. Starting again from nothing is safe: what was transformed is read once more and stays.</summary>
    /// <param name="transform">Must leave spans alone that need no change.</param>
    /// <param name="done">Blocks that were looked at; kept by the caller from call to call.</param>
    /// <param name="fromUnixNano">Blocks whose spans all start before this time are left out.</param>
    /// <param name="most">Most blocks to look at in this call; 1 and more.</param>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>Whether every span that was stored when the first call began has been through.</returns>
    public ValueTask<bool> TransformSomeAsync(
        SpanTransform transform, ISet<long> done, long fromUnixNano, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(done);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return _transformer.TransformSomeAsync(transform, done, fromUnixNano, most, cancellationToken);
    }

    /// <summary>Whether blocks may hold spans of a lower mapping version than this. Their directories tell; nothing is read. What is in the head shows
    /// once it is sealed.</summary>
    public bool HasMappedBefore(long version) => _remapper.HasMappedBefore(version);

    /// <summary>Passes the spans of some blocks that hold older ones through a transform; seals, queries and appends go on between blocks. Blocks
    /// themselves tell what is left to do, so that a crash in the middle loses nothing and whoever opens the store next goes on.</summary>
    /// <param name="transform">Must write spans of a lower version anew with at least this version, and leave the others alone.</param>
    /// <param name="version">The version that spans are brought up to.</param>
    /// <param name="most">Most blocks to look at in this call; 1 and more.</param>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>Whether there is more to do.</returns>
    public ValueTask<bool> RemapSomeAsync(SpanTransform transform, long version, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return _remapper.RemapSomeAsync(transform, version, most, cancellationToken);
    }

    /// <summary>Seals the head into a block now, whatever its size.</summary>
    public async ValueTask SealAsync(CancellationToken cancellationToken = default) => await _sealer.SealAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Joins small blocks now.</summary>
    /// <returns>How many blocks were replaced.</returns>
    public ValueTask<int> CompactAsync(CancellationToken cancellationToken = default) => _compactor.CompactAsync(cancellationToken);

    /// <summary>Waits for appends and housekeeping under way and closes the log. What is in the head is in the log, and comes back when the store is
    /// opened again.</summary>
    public async ValueTask DisposeAsync()
    {
        _instruments?.Closed(this);
        await _loop.DisposeAsync().ConfigureAwait(false);
        await _takeover.DisposeAsync().ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
