namespace Plumbline.TraceStore.Store;

/// <summary>Counts what waits for the log, and refuses what is too much.</summary>
internal sealed class PendingAppends(SpanStoreOptions options)
{
    private readonly Lock _gate = new();
    private long _bytes;
    private int _batches;

    /// <summary>Bytes that wait now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>A single batch is let in whatever its size when nothing else waits.</summary>
    public bool TryEnter(int bytes)
    {
        lock (_gate)
        {
            if (_batches > 0 && (_batches >= options.MaxPendingBatches || _bytes + bytes > options.MaxPendingBytes)) return false;
            _batches++;
            _bytes += bytes;
            return true;
        }
    }

    public void Leave(int bytes)
    {
        lock (_gate)
        {
            _batches--;
            _bytes -= bytes;
        }
    }
}
