using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Turns heads into blocks.</summary>
internal sealed class Sealer(
    SpanStoreOptions options,
    SegmentSet segments,
    AppendRoom room,
    BlockFolder folder,
    WalLog log,
    Ledger ledger,
    BlockTurn turn,
    TraceStoreInstruments? instruments)
{
    private readonly Queue<(SpanHead Head, HeadView View, long NextLog)> _frozen = [];

    /// <summary>Seals the head, whatever its size, and drops the log it came from.</summary>
    /// <returns>Whether there was anything in the head.</returns>
    public ValueTask<bool> SealAsync(CancellationToken cancellationToken) => turn.UndisturbedAsync(async () =>
    {
        if (_frozen.Count >= options.MaxSealing) await WriteFrozenAsync(cancellationToken).ConfigureAwait(false);
        var before = segments.HeadSize().Spans;
        var next = 0L;
        // The log of an erasure names what was erased, and an old one holds what may have been dropped since: they go even when there is no head.
        if (before > 0 || ledger.MustForget || ledger.IsLogNearlyFull)
        {
            (next, var drained) = await log.StartAsync(fresh: ledger.MustForget, cancellationToken).ConfigureAwait(false);
            await drained.ConfigureAwait(false);
            if (segments.Freeze() is { } frozen) _frozen.Enqueue((frozen, segments.ViewOf(frozen), next));
        }
        await WriteFrozenAsync(cancellationToken).ConfigureAwait(false);
        if (next > ledger.FirstLog)
        {
            segments.SettleReturned();
            await ledger.CountFromAsync(next, cancellationToken).ConfigureAwait(false);
        }
        return before > 0;
    });

    /// <summary>Brings to disk what blocks that came back led to: until then a replay of the log leaves them out, and what is dropped from them would come
    /// back.</summary>
    public async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        if (segments.Returned().Length > 0) await SealAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteFrozenAsync(CancellationToken cancellationToken)
    {
        while (_frozen.TryPeek(out var head))
        {
            var begun = instruments?.BeginSeal() ?? 0;
            var (block, order) = await folder.WriteAsync(head.View, room, cancellationToken).ConfigureAwait(false);
            _frozen.Dequeue();
            segments.Publish(head.Head, block, order);
            instruments?.EndSeal(begun);
            segments.SettleReturned();
            await ledger.CountFromAsync(head.NextLog, cancellationToken).ConfigureAwait(false);
        }
    }
}
