using Plumbline.ObjectStore;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Store;

/// <summary>Brings back from the log what is in no block: the spans of batches, and what was taken away.</summary>
internal sealed class LogRecovery(IObjectStore store, string prefix, WalLog log, SegmentSet segments, Removal removal, Takeover takeover)
{
    /// <summary>Replays the objects of the log that count, in their order.</summary>
    /// <exception cref="WalCorruptedException">Acknowledged data in the log is damaged.</exception>
    public async ValueTask RunAsync(long firstLog, CancellationToken cancellationToken)
    {
        var last = firstLog - 1;
        await foreach (var properties in store.ListAsync(prefix + "/wal/", cancellationToken).ConfigureAwait(false))
        {
            if (WalLog.NumberOf(prefix, properties.Name) is not { } number) continue;
            last = Math.Max(last, number);
            if (number < firstLog) takeover.FoundSpent(properties.Name);
            else await ReplayAsync(properties.Name, number, cancellationToken).ConfigureAwait(false);
        }
        log.Last = last;
    }

    private async ValueTask ReplayAsync(string name, long number, CancellationToken cancellationToken)
    {
        var content = await WalReplay.LoadAsync(store, name, cancellationToken).ConfigureAwait(false);
        var frames = new List<(WalFrameType Type, ReadOnlyMemory<byte> Payload, SpanBatch? Batch)>();
        var valid = WalReplay.Read(
            name, number, content, (type, payload) => frames.Add((type, payload, type == WalFrameType.Batch ? SpanBatch.Parse(payload) : null)));
        foreach (var (type, payload, batch) in frames)
        {
            if (batch is not null) await segments.InsertAsync(batch).ConfigureAwait(false);
            else await removal.ApplyAsync(type, payload).ConfigureAwait(false);
        }
        takeover.FoundLog(new ReplayedLog(name, number, WalFrames.IsOld(content), valid)
        {
            Length = content.Length,
            IsFenced = valid == content.Length && frames is [.., (WalFrameType.Fence, _, _)],
            IsEmpty = frames.TrueForAll(frame => frame.Type is WalFrameType.Header or WalFrameType.Fence),
        });
    }
}
