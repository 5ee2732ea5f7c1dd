using Plumbline.ObjectStore;

namespace Plumbline.Testing;

/// <summary>A store whose writes fail from a chosen one on: a full disk, or the moment a process dies. Reads go on.</summary>
public sealed class FailingObjectStore(IObjectStore inner) : IObjectStore
{
    private int _left = int.MaxValue;

    /// <summary>Writes until the failure; any number may be set to let writes through again.</summary>
    public int WritesLeft { get => Volatile.Read(ref _left); set => Volatile.Write(ref _left, value); }

    /// <summary>Why they fail.</summary>
    public StorageFault Fault { get; set; } = StorageFault.Full;

    /// <summary>Writes so far, failed ones included.</summary>
    public int Writes { get; private set; }

    public ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default) =>
        inner.GetPropertiesAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);

    public ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default,
        CancellationToken cancellationToken = default)
    {
        Count(name);
        return inner.PutAsync(name, content, condition, cancellationToken);
    }

    public ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        Count(name);
        return inner.AppendAsync(name, buffers, expectedLength, cancellationToken);
    }

    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default)
    {
        Count(name);
        return new Handle(this, await inner.OpenAppendAsync(name, cancellationToken));
    }

    public async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default)
    {
        Count(name);
        return new Handle(this, await inner.OpenOverAsync(name, over, cancellationToken));
    }

    public ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        Count(name);
        return inner.DeleteAsync(name, ifMatch, cancellationToken);
    }

    private void Count(string name)
    {
        Writes++;
        if (Interlocked.Decrement(ref _left) < 0) throw new StorageUnavailableException(name, Fault, "it was told to fail");
    }

    private sealed class Handle(FailingObjectStore owner, IAppendObject inner) : IAppendObject
    {
        public string Name => inner.Name;

        public long Length => inner.Length;

        public bool IsNearlyFull => inner.IsNearlyFull;

        public ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
        {
            owner.Count(Name);
            return inner.AppendAsync(buffers, cancellationToken);
        }

        public ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default)
        {
            owner.Count(Name);
            return inner.TruncateAsync(length, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
