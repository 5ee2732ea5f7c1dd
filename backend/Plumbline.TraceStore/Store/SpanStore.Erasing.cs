namespace Plumbline.TraceStore;

/// <content>Taking many traces away at once.</content>
public sealed partial class SpanStore
{
    private const int MostIdsInFrame = 50_000;

    /// <summary>The traces in which a span names this user.</summary>
    public ValueTask<IReadOnlyList<TraceId>> TracesOfUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return ReadAsync<IReadOnlyList<TraceId>>(async (views, _) => await Erasure.TracesOfUserAsync(views, userId).ConfigureAwait(false), cancellationToken);
    }

    /// <summary>Deletes traces. When this returns, no object of the store holds anything of them, nor of what was erased before: calling it again, without ids too, finishes an erasure that was cut short.</summary>
    /// <returns>How many spans they had.</returns>
    public async ValueTask<long> EraseTracesAsync(IReadOnlyCollection<TraceId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var erased = 0L;
        foreach (var part in ids.Chunk(MostIdsInFrame)) erased += await ChangeAsync(WalFrameType.EraseTraces, Payload(part), cancellationToken).ConfigureAwait(false);
        await _housekeeping.SealAsync(cancellationToken).ConfigureAwait(false);
        await _housekeeping.CompactAsync(purge: true, cancellationToken).ConfigureAwait(false);
        await _housekeeping.TrimAsync(cancellationToken).ConfigureAwait(false);
        return erased;
    }

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
