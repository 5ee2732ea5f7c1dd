using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore;

/// <summary>Spans of one shard: appended durably, merged with copies that came before, and open to queries at once.</summary>
/// <remarks>
/// <para><b>Durability.</b> <see cref="AppendAsync"/> completes when the batch is on disk and visible; concurrent callers share a flush.</para>
/// <para><b>Identity.</b> The same (trace, span) is one span however often and in whatever order its copies arrive: copies are merged field by field (see SpanMerge).</para>
/// <para><b>Views.</b> A query sees the store at one moment; appends do not wait for queries.</para>
/// <para><b>Ownership.</b> One store at a time may be open over a prefix: opening fences off whoever had it before, whose appends then fail with <see cref="AppendConflictException"/>.</para>
/// All members may be called from any thread.
/// </remarks>
public sealed class SpanStore : IAsyncDisposable
{
    private readonly SpanStoreOptions _options;
    private readonly WalLog _log;
    private readonly SegmentSet _segments = new();
    private readonly PendingAppends _pending;
    private readonly TraceWatchers _watchers;

    private SpanStore(IObjectStore store, string prefix, SpanStoreOptions options, TimeProvider clock)
    {
        _options = options;
        _log = new WalLog(store, prefix);
        _pending = new PendingAppends(options);
        _watchers = new TraceWatchers(options, clock);
    }

    /// <summary>Opens the store below a prefix of names and recovers whatever was acknowledged.</summary>
    /// <exception cref="WalCorruptedException">Acknowledged data in the log is damaged.</exception>
    public static async Task<SpanStore> OpenAsync(IObjectStore store, string prefix, SpanStoreOptions? options = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var opened = new SpanStore(store, prefix, options ?? new SpanStoreOptions(), clock ?? TimeProvider.System);
        var last = await opened.RecoverAsync(store, prefix, cancellationToken).ConfigureAwait(false);
        await opened._log.StartAsync(last + 1, cancellationToken).ConfigureAwait(false);
        return opened;
    }

    /// <summary>Stores a batch.</summary>
    /// <returns><see cref="AppendResult.Stored"/> when it is on disk and visible, <see cref="AppendResult.Overloaded"/> when nothing was stored because too much waits.</returns>
    /// <exception cref="StorageUnavailableException">The medium is full, read-only or broken; nothing was stored, and a later append may succeed.</exception>
    /// <exception cref="AppendConflictException">Another process has opened the store.</exception>
    public async ValueTask<AppendResult> AppendAsync(SpanBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0) return AppendResult.Stored;
        if (!_pending.TryEnter(batch.Bytes.Length)) return AppendResult.Overloaded;
        try
        {
            using var ticket = await _log.AppendAsync(WalFrameType.Batch, batch.Bytes, cancellationToken).ConfigureAwait(false);
            var changed = _segments.Insert(batch);
            _watchers.Tell(changed);
            return AppendResult.Stored;
        }
        finally
        {
            _pending.Leave(batch.Bytes.Length);
        }
    }

    /// <summary>A trace with its spans, or null when there is none.</summary>
    public ValueTask<TraceData?> GetTraceAsync(TraceId id, CancellationToken cancellationToken = default) =>
        TraceLookup.FindAsync(_segments.Snapshot(), id, cancellationToken);

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
        TraceScan.RunAsync(_segments.Snapshot(), query, _options, cancellationToken);

    /// <inheritdoc cref="QueryTracesAsync"/>
    public ValueTask<SpanPage> QuerySpansAsync(SpanQuery query, CancellationToken cancellationToken = default) =>
        SpanScan.RunAsync(_segments.Snapshot(), query, _options, cancellationToken);

    /// <summary>The values of a field.</summary>
    public ValueTask<IReadOnlyList<FacetCount>> FacetsAsync(FacetQuery query, CancellationToken cancellationToken = default) =>
        FacetScan.RunAsync(_segments.Snapshot(), query, _options, cancellationToken);

    /// <summary>Aggregates, by bucket and then group.</summary>
    public ValueTask<IReadOnlyList<StatsRow>> StatsAsync(StatsQuery query, CancellationToken cancellationToken = default) =>
        StatsScan.RunAsync(_segments.Snapshot(), query, _options, cancellationToken);

    /// <summary>A page of sessions.</summary>
    public ValueTask<SessionPage> SessionsAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        SessionScan.RunAsync(_segments.Snapshot(), query, _options, cancellationToken);

    /// <summary>Deletes a trace, on disk too.</summary>
    /// <returns>How many spans it had.</returns>
    public async ValueTask<long> EraseTraceAsync(TraceId id, CancellationToken cancellationToken = default)
    {
        var payload = new byte[TraceId.Size];
        id.Write(payload);
        return await ChangeAsync(WalFrameType.EraseTrace, payload, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes every trace in which a span names this user, on disk too.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return ChangeAsync(WalFrameType.EraseUser, Encoding.UTF8.GetBytes(userId), cancellationToken);
    }

    /// <summary>Retention: drops the traces that started before a time (nanoseconds since 1970).</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> DropBeforeAsync(long unixNano, CancellationToken cancellationToken = default)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(payload, unixNano);
        return ChangeAsync(WalFrameType.DropBefore, payload, cancellationToken);
    }

    /// <summary>New and changed traces that match, gathered over <see cref="SpanStoreOptions.WatchInterval"/>, until cancelled. Watching begins with this call.</summary>
    public IAsyncEnumerable<TraceChanges> WatchAsync(TraceFilter? where = null, CancellationToken cancellationToken = default) =>
        MatchingAsync(_watchers.WatchAsync(cancellationToken), where, cancellationToken);

    /// <summary>Waits for appends under way and closes the log.</summary>
    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private async IAsyncEnumerable<TraceChanges> MatchingAsync(
        IAsyncEnumerable<(HashSet<TraceId> Changed, int Missed)> changes, TraceFilter? where, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (changed, missed) in changes.ConfigureAwait(false))
        {
            foreach (var ids in changed.Chunk(_options.MaxPageSize))
            {
                var filter = new TraceFilter { TraceIds = ids, And = where is null ? null : [where] };
                var page = await QueryTracesAsync(new TraceQuery { Where = filter, Ascending = true, First = _options.MaxPageSize }, cancellationToken).ConfigureAwait(false);
                if (page.Traces.Count > 0) yield return new TraceChanges([.. page.Traces.Select(t => t.Trace)], 0);
            }
            if (missed > 0) yield return new TraceChanges([], missed);
        }
    }

    private async ValueTask<long> ChangeAsync(WalFrameType type, byte[] payload, CancellationToken cancellationToken)
    {
        using var ticket = await _log.AppendAsync(type, payload, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(type, payload).ConfigureAwait(false);
    }

    private async ValueTask<long> ApplyAsync(WalFrameType type, ReadOnlyMemory<byte> payload)
    {
        var views = _segments.Snapshot();
        return type switch
        {
            WalFrameType.EraseTrace => _segments.Remove([TraceId.Read(payload.Span)]),
            WalFrameType.EraseUser => _segments.Remove(await Erasure.TracesOfUserAsync(views, Encoding.UTF8.GetString(payload.Span)).ConfigureAwait(false)),
            WalFrameType.DropBefore => _segments.Remove(await Erasure.TracesBeforeAsync(views, BinaryPrimitives.ReadInt64LittleEndian(payload.Span)).ConfigureAwait(false)),
            _ => 0,
        };
    }

    private async ValueTask<long> RecoverAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var last = 0L;
        await foreach (var properties in store.ListAsync(prefix + "/wal/", cancellationToken).ConfigureAwait(false))
        {
            if (WalLog.NumberOf(prefix, properties.Name) is not { } number) continue;
            last = number;
            var content = await WalReplay.LoadAsync(store, properties.Name, cancellationToken).ConfigureAwait(false);
            var frames = new List<(WalFrameType Type, ReadOnlyMemory<byte> Payload)>();
            var valid = WalReplay.Read(properties.Name, content, (type, payload) => frames.Add((type, payload)));
            foreach (var (type, payload) in frames)
            {
                if (type == WalFrameType.Batch) _segments.Insert(SpanBatch.Parse(payload));
                else await ApplyAsync(type, payload).ConfigureAwait(false);
            }
            await FenceAsync(store, properties.Name, valid, content.Length, cancellationToken).ConfigureAwait(false);
        }
        return last;
    }

    // Changes the length of the object, so that whoever still has it open cannot add to it any more.
    private static async ValueTask FenceAsync(IObjectStore store, string name, long valid, long length, CancellationToken cancellationToken)
    {
        var log = await store.OpenAppendAsync(name, cancellationToken).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            if (log.Length != length) throw new AppendConflictException(name, length, log.Length);
            if (valid < length) await log.TruncateAsync(valid, cancellationToken).ConfigureAwait(false);
            await log.AppendAsync(WalFrames.HeaderOf(WalFrameType.Fence, default), cancellationToken).ConfigureAwait(false);
        }
    }
}
