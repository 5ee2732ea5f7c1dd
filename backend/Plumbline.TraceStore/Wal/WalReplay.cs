using Plumbline.ObjectStore;

namespace Plumbline.TraceStore;

/// <summary>Reads one object of the log back.</summary>
internal static class WalReplay
{
    /// <summary>Hands every whole frame to <paramref name="apply"/>.</summary>
    /// <returns>The length of the valid part; what follows is a torn tail.</returns>
    /// <exception cref="WalCorruptedException">Whole frames follow a damaged one, or a frame holds what it should not.</exception>
    public static int Read(string name, ReadOnlyMemory<byte> log, Action<WalFrameType, ReadOnlyMemory<byte>> apply)
    {
        var at = 0;
        while (at < log.Length)
        {
            var fault = WalFrames.TryRead(log, at, out var type, out var payload);
            if (fault is not null)
            {
                if (WalFrames.AnyAfter(log, at)) throw new WalCorruptedException(name, at, fault);
                return at;
            }
            Apply(name, at, type, payload, apply);
            at += WalFrames.Header + payload.Length;
        }
        return at;
    }

    private static void Apply(string name, int at, WalFrameType type, ReadOnlyMemory<byte> payload, Action<WalFrameType, ReadOnlyMemory<byte>> apply)
    {
        try
        {
            apply(type, payload);
        }
        catch (SpanBatchFormatException e)
        {
            throw new WalCorruptedException(name, at + WalFrames.Header + e.Offset, e.Reason);
        }
    }

    /// <summary>Reads an object of the log whole.</summary>
    public static async ValueTask<byte[]> LoadAsync(IObjectStore store, string name, CancellationToken cancellationToken) =>
        (await store.GetAsync(name, cancellationToken).ConfigureAwait(false))?.Content ?? throw new ObjectNotFoundException(name);
}
