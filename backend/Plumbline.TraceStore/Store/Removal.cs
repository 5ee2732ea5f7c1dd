using System.Buffers.Binary;
using System.Text;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Takes traces out of the segments as the log says. The log names the traces, not what chose them: when it is replayed, what chose them may be
/// in no segment any more.</summary>
internal sealed class Removal(WalLog log, SegmentSet segments, Quarantine quarantine, Ledger ledger, ViewReader views)
{
    /// <summary>Writes to the log that traces go, and lets them go.</summary>
    /// <returns>How many spans they had.</returns>
    public async ValueTask<long> RunAsync(WalFrameType type, IReadOnlyCollection<TraceId> traces, CancellationToken cancellationToken)
    {
        var payload = TraceIdList.Write(traces);
        using var ticket = await log.AppendAsync(type, payload, cancellationToken).ConfigureAwait(false);
        return await ApplyAsync(type, payload).ConfigureAwait(false);
    }

    /// <summary>Does what a frame of the log says.</summary>
    /// <returns>How many spans went.</returns>
    public async ValueTask<long> ApplyAsync(WalFrameType type, ReadOnlyMemory<byte> payload)
    {
        IReadOnlyCollection<TraceId> traces = type switch
        {
            WalFrameType.EraseTrace or WalFrameType.EraseTraces or WalFrameType.DropTraces => TraceIdList.Read(payload.Span),
            WalFrameType.EraseUser => await OfUserAsync(Encoding.UTF8.GetString(payload.Span)).ConfigureAwait(false),
            WalFrameType.DropBefore => await BeforeAsync(BinaryPrimitives.ReadInt64LittleEndian(payload.Span)).ConfigureAwait(false),
            _ => [],
        };
        var gone = await segments.EraseAsync(traces).ConfigureAwait(false);
        if (type is not (WalFrameType.EraseTrace or WalFrameType.EraseTraces or WalFrameType.EraseUser))
        {
            quarantine.NoteDropped(traces);
            return gone;
        }
        ledger.NoteErasure();
        quarantine.NoteErased(traces);
        return gone;
    }

    private ValueTask<List<TraceId>> OfUserAsync(string userId) =>
        views.ReadAsync((segments, _) => Erasure.TracesOfUserAsync(segments, userId), CancellationToken.None);

    private ValueTask<List<TraceId>> BeforeAsync(long unixNano) =>
        views.ReadAsync((segments, _) => Erasure.TracesBeforeAsync(segments, unixNano), CancellationToken.None);
}
