namespace Plumbline.ObjectStore.Tests.Journals;

/// <summary>Lets a number of writes through and then is a full disk.</summary>
public sealed class StoppingObjectStore(IObjectStore inner) : IObjectStore
{
    private int _left = int.MaxValue;

    public void StopAfter(int writes) => _left = writes;

    public ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) => inner.ReadAsync(name, offset, destination, cancellationToken);

    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default) => inner.GetPropertiesAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask<string> PutAsync(string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default, CancellationToken cancellationToken = default)
    {
        Spend(name);
        return inner.PutAsync(name, content, condition, cancellationToken);
    }

    public ValueTask<long> AppendAsync(string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        Spend(name);
        return inner.AppendAsync(name, buffers, expectedLength, cancellationToken);
    }

    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default)
    {
        Spend(name);
        return new StoppingAppendObject(this, await inner.OpenAppendAsync(name, cancellationToken));
    }

    public ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        Spend(name);
        return inner.DeleteAsync(name, ifMatch, cancellationToken);
    }

    private void Spend(string name)
    {
        if (_left-- <= 0) throw new StorageUnavailableException(name, StorageFault.Full, "the test says so.");
    }

    private sealed class StoppingAppendObject(StoppingObjectStore store, IAppendObject target) : IAppendObject
    {
        public string Name => target.Name;

        public long Length => target.Length;

        public ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
        {
            store.Spend(Name);
            return target.AppendAsync(buffers, cancellationToken);
        }

        public ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default)
        {
            store.Spend(Name);
            return target.TruncateAsync(length, cancellationToken);
        }

        public ValueTask DisposeAsync() => target.DisposeAsync();
    }
}
