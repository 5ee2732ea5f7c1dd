namespace Plumbline.ObjectStore;

/// <summary>The bytes of one object in memory; the store's lock guards it.</summary>
internal sealed class MemoryObject
{
    private byte[] _bytes = [];
    private DateTimeOffset _lastModified;

    public int Length { get; private set; }

    public string ETag { get; private set; } = "";

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public ObjectProperties Properties(string name) => new(name, Length, ETag, _lastModified);

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        var newLength = checked((int)(Length + buffers.TotalLength()));
        if (newLength > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(newLength, _bytes.Length * 2L)));
        for (var i = 0; i < buffers.Count; i++)
        {
            buffers[i].Span.CopyTo(_bytes.AsSpan(Length));
            Length += buffers[i].Length;
        }
    }

    public void Truncate(long length) => Length = (int)length;

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
        lock (_gate) _disposed = true;
        return ValueTask.CompletedTask;
    }
}
