using System.Text;
using Plumbline.TraceStore.Store;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore;

/// <content>Taking traces off the disk for good.</content>
public sealed partial class SpanStore
{
    private const int MostIdsInFrame = 50_000;

    /// <summary>The traces in which a span names this user.</summary>
    public ValueTask<IReadOnlyList<TraceId>> TracesOfUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return ReadAsync<IReadOnlyList<TraceId>>(async (views, _) => await Erasure.TracesOfUserAsync(views, userId).ConfigureAwait(false), cancellationToken);
    }

    /// <summary>Deletes a trace, as <see cref="EraseTracesAsync"/> does.</summary>
    /// <returns>How many spans it had.</returns>
    public ValueTask<long> EraseTraceAsync(TraceId id, CancellationToken cancellationToken = default) => EraseTracesAsync([id], cancellationToken: cancellationToken);

    /// <summary>Deletes every trace in which a span names this user, as <see cref="EraseTracesAsync"/> does.</summary>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return EraseAsync(ct => ReadAsync((views, _) => Erasure.TracesOfUserAsync(views, userId), ct), userId, cancellationToken);
    }

    /// <summary>Deletes traces. When this returns, no object of the store holds anything of them, nor of what was erased before, quarantined blocks excepted (<see cref="SpanStoreStatus.Quarantined"/>):
    /// what those hold of them is deleted when they can be read again and the store is opened, before anybody sees it. An erasure that was cut short is finished by housekeeping, after a restart
    /// too, or by calling this again, without ids too.</summary>
    /// <param name="ids">The traces.</param>
    /// <param name="ofUser">The user they were chosen for, if any: quarantined blocks may hold more of that user's.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <returns>How many spans they had.</returns>
    public ValueTask<long> EraseTracesAsync(IReadOnlyCollection<TraceId> ids, string? ofUser = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return EraseAsync(_ => new([.. ids]), ofUser, cancellationToken);
    }

    /// <summary>Traces of erased users that were deleted by opening the store: they were in a block that could not be read when the user was erased. Whoever keeps more about them than the store
    /// does learns here that it has to go too.</summary>
    public IReadOnlyList<TraceId> ErasedByOpening => _housekeeping.FoundLater;

    private async ValueTask<long> EraseAsync(Func<CancellationToken, ValueTask<List<TraceId>>> choose, string? ofUser, CancellationToken cancellationToken)
    {
        var erased = await ChangeAsync(WalFrameType.EraseTraces, choose, cancellationToken).ConfigureAwait(false);
        if (ofUser is not null) await _housekeeping.NoteErasedUserAsync(MissedErasures.HashOf(Encoding.UTF8.GetBytes(ofUser)), cancellationToken).ConfigureAwait(false);
        _housekeeping.NoteErasure();
        await _housekeeping.SealAsync(cancellationToken).ConfigureAwait(false);
        await _housekeeping.CompactAsync(cancellationToken).ConfigureAwait(false);
        return erased;
    }

    /// <summary>Whether <see cref="DropBeforeAsync"/> would drop anything.</summary>
    public ValueTask<bool> HasBeforeAsync(long unixNano, CancellationToken cancellationToken = default) =>
        ReadAsync(async (views, _) => (await Erasure.TracesBeforeAsync(views, unixNano).ConfigureAwait(false)).Count > 0, cancellationToken);

    private static byte[] Payload(TraceId[] ids)
    {
        var payload = new byte[ids.Length * TraceId.Size];
        for (var i = 0; i < ids.Length; i++) ids[i].Write(payload.AsSpan(i * TraceId.Size));
        return payload;
    }

    private static TraceId[] TraceIds(ReadOnlySpan<byte> payload)
    {
        var ids = new TraceId[payload.Length / TraceId.Size];
        for (var i = 0; i < ids.Length; i++) ids[i] = TraceId.Read(payload.Slice(i * TraceId.Size, TraceId.Size));
        return ids;
    }
}
