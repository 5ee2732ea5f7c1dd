using System.Buffers.Binary;
using System.Text;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore;

/// <content>What takes spans away or changes them, and recovery.</content>
public sealed partial class SpanStore
{
    /// <summary>Retention: drops the traces that started before a time (nanoseconds since 1970). Blocks of which a third or more is dropped are rewritten or deleted.</summary>
    /// <returns>How many spans they had.</returns>
    public async ValueTask<long> DropBeforeAsync(long unixNano, CancellationToken cancellationToken = default)
    {
        var dropped = await ChangeAsync(WalFrameType.DropTraces, ct => ReadAsync((views, _) => Erasure.TracesBeforeAsync(views, unixNano), ct), cancellationToken).ConfigureAwait(false);
        if (dropped > 0) await _housekeeping.CompactAsync(cancellationToken).ConfigureAwait(false);
        return dropped;
    }

    /// <summary>Passes every stored span through a transform, block by block; queries and appends go on. Spans that arrive meanwhile are left as they are.</summary>
    /// <returns>How many spans were changed.</returns>
    public async ValueTask<long> TransformAsync(SpanTransform transform, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        await _housekeeping.SealAsync(cancellationToken).ConfigureAwait(false);
        return await _housekeeping.TransformAsync(transform, cancellationToken).ConfigureAwait(false);
    }

    // The turn comes first: whoever seals holds it while waiting for frames that have not taken effect. The log names the traces, not what chose them: when it is replayed, what chose them
    // may be in no segment any more.
    private async ValueTask<long> ChangeAsync(WalFrameType type, Func<CancellationToken, ValueTask<List<TraceId>>> choose, CancellationToken cancellationToken)
    {
        await _housekeeping.SettleAsync(cancellationToken).ConfigureAwait(false);
        return await _housekeeping.UndisturbedAsync(() => ChangeUndisturbedAsync(type, choose, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<long> ChangeUndisturbedAsync(WalFrameType type, Func<CancellationToken, ValueTask<List<TraceId>>> choose, CancellationToken cancellationToken)
    {
        var gone = 0L;
        var chosen = await choose(cancellationToken).ConfigureAwait(false);
        await _housekeeping.TidyAsync(cancellationToken).ConfigureAwait(false);
        foreach (var ids in chosen.Chunk(MostIdsInFrame))
        {
            var payload = Payload(ids);
            using var ticket = await _log.AppendAsync(type, payload, cancellationToken).ConfigureAwait(false);
            gone += await ApplyAsync(type, payload).ConfigureAwait(false);
        }
        return gone;
    }

    private async ValueTask<long> ApplyAsync(WalFrameType type, ReadOnlyMemory<byte> payload)
    {
        IReadOnlyCollection<TraceId> traces = type switch
        {
            WalFrameType.EraseTrace or WalFrameType.EraseTraces or WalFrameType.DropTraces => TraceIds(payload.Span),
            WalFrameType.EraseUser => await ReadAsync((views, _) => Erasure.TracesOfUserAsync(views, Encoding.UTF8.GetString(payload.Span)), CancellationToken.None).ConfigureAwait(false),
            WalFrameType.DropBefore => await ReadAsync((views, _) => Erasure.TracesBeforeAsync(views, BinaryPrimitives.ReadInt64LittleEndian(payload.Span)), CancellationToken.None).ConfigureAwait(false),
            _ => [],
        };
        var gone = await _segments.EraseAsync(traces).ConfigureAwait(false);
        if (type is not (WalFrameType.EraseTrace or WalFrameType.EraseTraces or WalFrameType.EraseUser))
        {
            _quarantine.NoteDropped(traces);
            return gone;
        }
        _housekeeping.NoteErasure();
        _quarantine.NoteErased(traces);
        return gone;
    }

    private async ValueTask RecoverAsync(IObjectStore store, string prefix, long firstLog, CancellationToken cancellationToken)
    {
        var last = firstLog - 1;
        await foreach (var properties in store.ListAsync(prefix + "/wal/", cancellationToken).ConfigureAwait(false))
        {
            if (WalLog.NumberOf(prefix, properties.Name) is not { } number) continue;
            last = Math.Max(last, number);
            if (number < firstLog) _takeover.FoundSpent(properties.Name);
            else await ReplayAsync(store, properties.Name, number, cancellationToken).ConfigureAwait(false);
        }
        _log.Last = last;
    }

    private async ValueTask ReplayAsync(IObjectStore store, string name, long number, CancellationToken cancellationToken)
    {
        var content = await WalReplay.LoadAsync(store, name, cancellationToken).ConfigureAwait(false);
        var frames = new List<(WalFrameType Type, ReadOnlyMemory<byte> Payload, SpanBatch? Batch)>();
        var valid = WalReplay.Read(name, number, content, (type, payload) => frames.Add((type, payload, type == WalFrameType.Batch ? SpanBatch.Parse(payload) : null)));
        foreach (var (type, payload, batch) in frames)
        {
            if (batch is not null) await _segments.InsertAsync(batch).ConfigureAwait(false);
            else await ApplyAsync(type, payload).ConfigureAwait(false);
        }
        _takeover.FoundLog(new ReplayedLog(name, number, WalFrames.IsOld(content), valid)
        {
            Length = content.Length,
            IsFenced = valid == content.Length && frames is [.., (WalFrameType.Fence, _, _)],
            IsEmpty = frames.TrueForAll(frame => frame.Type is WalFrameType.Header or WalFrameType.Fence),
        });
    }
}
