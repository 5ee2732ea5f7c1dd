using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Wal;

/// <summary>Reads one object of the log back.</summary>
internal static class WalReplay
{
    /// <summary>Hands every whole frame to <paramref name="apply"/>.</summary>
    /// <returns>The length of the valid part; what follows is a torn tail, or what another object left in this room.</returns>
    /// <exception cref="WalCorruptedException">What was acknowledged is damaged, or a frame holds what it should not.</exception>
    public static int Read(string name, long number, ReadOnlyMemory<byte> log, Action<WalFrameType, ReadOnlyMemory<byte>> apply)
    {
        long? checkedAgainst = WalFrames.IsOld(log.Span) ? null : number;
        var at = 0;
        while (at < log.Length)
        {
            var fault = WalFrames.TryRead(checkedAgainst, log, at, out var frame);
            if (fault is not null)
            {
                if (WalFrames.WasAcknowledged(checkedAgainst, log, at)) throw new WalCorruptedException(name, at, fault);
                return at;
            }
            Apply(name, at, frame, apply);
            at += frame.Length;
        }
        return at;
    }

    private static void Apply(string name, int at, WalFrame frame, Action<WalFrameType, ReadOnlyMemory<byte>> apply)
    {
        try
        {
            apply(frame.Type, frame.Payload);
        }
        catch (SpanBatchFormatException e)
        {
            throw new WalCorruptedException(name, at + frame.Length - frame.Payload.Length + e.Offset, e.Reason);
        }
    }

    /// <summary>Reads an object of the log whole.</summary>
    public static async ValueTask<byte[]> LoadAsync(IObjectStore store, string name, CancellationToken cancellationToken) =>
        (await store.GetAsync(name, cancellationToken).ConfigureAwait(false))?.Content ?? throw new ObjectNotFoundException(name);
}
