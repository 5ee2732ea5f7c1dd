namespace Plumbline.ObjectStore.Memory;

/// <summary>The bytes of one object in memory; the store's lock guards it.</summary>
internal sealed class MemoryObject
{
    private byte[] _bytes = [];
    private DateTimeOffset _lastModified;
    private int _handles;

    /// <summary>What readers see.</summary>
    public int Length { get; private set; }

    /// <summary>Where the next append goes: the length, but for an object that is written over what was there before.</summary>
    public int End { get; private set; }

    public string ETag { get; private set; } = "";

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ObjectProperties Properties(string name) => new(name, Length, ETag, _lastModified);

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        var newLength = checked((int)(End + buffers.TotalLength()));
        if (newLength > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(newLength, _bytes.Length * 2L)));
        for (var i = 0; i < buffers.Count; i++)
        {
            buffers[i].Span.CopyTo(_bytes.AsSpan(End));
            End += buffers[i].Length;
        }
        Length = Math.Max(Length, End);
    }

    public void Truncate(long length) => Length = End = (int)length;

    /// <summary>The next append goes to the beginning.</summary>
    public void Restart() => End = 0;

    /// <summary>Somebody has opened it for appending.</summary>
    public void Enter() => _handles++;

    /// <summary>When nobody has it open any more, nobody knows where it ended before its length.</summary>
    public void Leave()
    {
        if (--_handles == 0) End = Length;
    }

    public void Stamp(string etag, DateTimeOffset now) => (ETag, _lastModified) = (etag, now);
}

/// <summary>An append handle of the in-memory store.</summary>
internal sealed class MemoryAppendObject(MemoryObjectStore store, string name, MemoryObject target, long length) : IAppendObject
{
    private readonly Lock _gate = new();
    private long _length = length;
    private bool _disposed;

    public string Name { get; } = name;

    public MemoryObject Target { get; } = target;

    public long Length => Volatile.Read(ref _length);

    public ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var newLength = store.Append(this, buffers, cancellationToken);
            Volatile.Write(ref _length, newLength);
            return ValueTask.FromResult(newLength);
        }
    }

    public ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
            store.Truncate(this, length, cancellationToken);
            Volatile.Write(ref _length, length);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_disposed) store.Leave(this);
            _disposed = true;
        }
        return ValueTask.CompletedTask;
    }
}
