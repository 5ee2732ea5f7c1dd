using System.Text;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Takes traces away: when their time is over, and off the disk for good when somebody asks for that.</summary>
internal sealed class Eraser(
    ViewReader views,
    Removal removal,
    Sealer sealer,
    Compactor compactor,
    BlockTurn turn,
    Ledger ledger,
    Quarantine quarantine)
{
    private const int MostIdsInFrame = 50_000;

    public ValueTask<List<TraceId>> TracesOfUserAsync(string userId, CancellationToken cancellationToken) =>
        views.ReadAsync((segments, _) => Erasure.TracesOfUserAsync(segments, userId), cancellationToken);

    public ValueTask<List<TraceId>> TracesBeforeAsync(long unixNano, CancellationToken cancellationToken) =>
        views.ReadAsync((segments, _) => Erasure.TracesBeforeAsync(segments, unixNano), cancellationToken);

    /// <summary>Drops the traces that started before a time, and rewrites or deletes blocks of which much is dropped.</summary>
    /// <returns>How many spans they had.</returns>
    public async ValueTask<long> DropBeforeAsync(long unixNano, CancellationToken cancellationToken)
    {
        var dropped = await RemoveAsync(WalFrameType.DropTraces, ct => TracesBeforeAsync(unixNano, ct), cancellationToken).ConfigureAwait(false);
        if (dropped > 0) await compactor.CompactAsync(cancellationToken).ConfigureAwait(false);
        return dropped;
    }

    /// <summary>Erases every trace in which a span names the user.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseUserAsync(string userId, CancellationToken cancellationToken) =>
        EraseAsync(ct => TracesOfUserAsync(userId, ct), userId, cancellationToken);

    /// <summary>Erases traces, which were chosen for a user or for nobody.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseAsync(IReadOnlyCollection<TraceId> ids, string? ofUser, CancellationToken cancellationToken) =>
        EraseAsync(_ => new([.. ids]), ofUser, cancellationToken);

    private async ValueTask<long> EraseAsync(Func<CancellationToken, ValueTask<List<TraceId>>> choose, string? ofUser, CancellationToken cancellationToken)
    {
        var erased = await RemoveAsync(WalFrameType.EraseTraces, choose, cancellationToken).ConfigureAwait(false);
        if (ofUser is not null) await NoteErasedUserAsync(ofUser, cancellationToken).ConfigureAwait(false);
        ledger.NoteErasure();
        await sealer.SealAsync(cancellationToken).ConfigureAwait(false);
        await compactor.CompactAsync(cancellationToken).ConfigureAwait(false);
        return erased;
    }

    // The turn comes first: whoever seals holds it while waiting for frames that have not taken effect.
    private async ValueTask<long> RemoveAsync(WalFrameType type, Func<CancellationToken, ValueTask<List<TraceId>>> choose, CancellationToken cancellationToken)
    {
        await sealer.SettleAsync(cancellationToken).ConfigureAwait(false);
        return await turn.UndisturbedAsync(async () =>
        {
            var gone = 0L;
            var chosen = await choose(cancellationToken).ConfigureAwait(false);
            await ledger.TidyAsync(cancellationToken).ConfigureAwait(false);
            foreach (var ids in chosen.Chunk(MostIdsInFrame)) gone += await removal.RunAsync(type, ids, cancellationToken).ConfigureAwait(false);
            return gone;
        }).ConfigureAwait(false);
    }

    // For blocks that cannot be read now.
    private async ValueTask NoteErasedUserAsync(string userId, CancellationToken cancellationToken)
    {
        if (quarantine.Count == 0) return;
        await turn.UndisturbedAsync(async () =>
        {
            quarantine.NoteErasedUser(MissedErasures.HashOf(Encoding.UTF8.GetBytes(userId)));
            await ledger.SaveAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }
}
