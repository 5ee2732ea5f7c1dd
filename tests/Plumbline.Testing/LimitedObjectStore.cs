using Plumbline.ObjectStore;

namespace Plumbline.Testing;

/// <summary>A store whose objects take so many appends through a handle and then no more, and whose handles say so a few before.</summary>
public sealed class LimitedObjectStore(IObjectStore inner, int mostAppends, int nearlyFull) : IObjectStore
{
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private int _opened;

    /// <summary>The most appends that any object took.</summary>
    public int Most { get; private set; }

    public ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default) =>
        inner.GetPropertiesAsync(name, cancellationToken);

    public ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default, CancellationToken cancellationToken = default) =>
        inner.PutAsync(name, content, condition, cancellationToken);

    public ValueTask<long> AppendAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(name, buffers, expectedLength, cancellationToken);

    public async ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default) =>
        Opened(await inner.OpenAppendAsync(name, cancellationToken));

    public async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default) =>
        Opened(await inner.OpenOverAsync(name, over, cancellationToken));

    public IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(name, ifMatch, cancellationToken);

    /// <summary>Waits until so many objects were opened for appending.</summary>
    public Task OpenedAsync(int count)
    {
        lock (_gate)
        {
            if (_opened >= count) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private Handle Opened(IAppendObject opened)
    {
        lock (_gate)
        {
            _opened++;
            foreach (var (count, reached) in _awaited)
            {
                if (_opened >= count) reached.TrySetResult();
            }
        }
        return new Handle(this, opened);
    }

    private sealed class Handle(LimitedObjectStore owner, IAppendObject inner) : IAppendObject
    {
        private int _appends;

        public string Name => inner.Name;

        public long Length => inner.Length;

        public bool IsNearlyFull => Volatile.Read(ref _appends) >= owner.NearlyFull;

        public ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
        {
            var appends = Interlocked.Increment(ref _appends);
            if (appends > owner.MostAppends) throw new StorageUnavailableException(Name, StorageFault.Full, "it takes no more appends");
            owner.Most = Math.Max(owner.Most, appends);
            return inner.AppendAsync(buffers, cancellationToken);
        }

        public ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default) => inner.TruncateAsync(length, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private int MostAppends => mostAppends;

    private int NearlyFull => nearlyFull;
}
