using Plumbline.ObjectStore;

namespace Plumbline.Testing;

/// <summary>A store whose appends through handles, or whose puts, wait while it is held.</summary>
public sealed class HeldObjectStore(IObjectStore inner) : IObjectStore
{
    private TaskCompletionSource _putsOpen = Open();
    private TaskCompletionSource _open = Open();

    public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _open.TrySetResult();

    public void HoldPuts() => _putsOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleasePuts() => _putsOpen.TrySetResult();

    /// <summary>Whether puts find the disk full.</summary>
    public bool PutsFail { get; set; }

    /// <summary>Whether appends find a full disk that has room for a file without content.</summary>
    public bool AppendsFail { get; set; }

    public ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default) =>
        inner.GetPropertiesAsync(name, cancellationToken);

    public async ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default,
        CancellationToken cancellationToken = default)
    {
        await _putsOpen.Task.WaitAsync(cancellationToken);
        if (PutsFail) throw new StorageUnavailableException(name, StorageFault.Full, "no space is left");
        return await inner.PutAsync(name, content, condition, cancellationToken);
    }

    public async ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default)
    {
        if (!AppendsFail) return await inner.AppendAsync(name, buffers, expectedLength, cancellationToken);
        await (await inner.OpenAppendAsync(name, cancellationToken)).DisposeAsync();
        throw new StorageUnavailableException(name, StorageFault.Full, "no space is left");
    }

    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default) =>
        new Handle(this, await inner.OpenAppendAsync(name, cancellationToken));

    public async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default) =>
        new Handle(this, await inner.OpenOverAsync(name, over, cancellationToken));

    public IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(name, ifMatch, cancellationToken);

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private sealed class Handle(HeldObjectStore owner, IAppendObject inner) : IAppendObject
    {
        public string Name => inner.Name;

        public long Length => inner.Length;

        public bool IsNearlyFull => inner.IsNearlyFull;

        public async ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
        {
            await owner._open.Task;
            if (owner.AppendsFail) throw new StorageUnavailableException(Name, StorageFault.Full, "no space is left");
            return await inner.AppendAsync(buffers, cancellationToken);
        }

        public ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default) => inner.TruncateAsync(length, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
