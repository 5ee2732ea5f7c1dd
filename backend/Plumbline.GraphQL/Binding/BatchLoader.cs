namespace Plumbline.GraphQL;

/// <summary>
/// Loads values by key, many at a time: the keys that all fields of a tick ask for arrive in one call. Derive from it and take the
/// derived class as a resolver parameter. Each request gets its own instance, which remembers what it loaded; its constructor is given
/// services of the request's scope, who asks among them.
/// </summary>
/// <typeparam name="TKey">What values are found by.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
public abstract class BatchLoader<TKey, TValue> : BatchLoader where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Task<TValue?>> _known = [];
    private List<(TKey Key, TaskCompletionSource<TValue?> Value)> _waiting = [];

    /// <summary>The largest number of keys a call of <see cref="LoadBatchAsync"/> receives; more keys make more calls. 500 by default.</summary>
    protected virtual int MaxBatchSize => 500;

    /// <summary>Loads the values of distinct keys; a key missing from the answer has no value.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>The value of a key, or null (default) when there is none.</summary>
    public Task<TValue?> LoadAsync(TKey key)
    {
        Task<TValue?> task;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var known)) return known;
            var source = new TaskCompletionSource<TValue?>(); // continuations run at once, so that their own loads join one batch
            task = _known[key] = source.Task;
            _waiting.Add((key, source));
            Scheduler?.Loading(1);
            if (_waiting.Count > 1) return task;
        }
        RequestDispatch();
        return task;
    }

    internal override async Task DispatchAsync(CancellationToken cancellationToken)
    {
        List<(TKey Key, TaskCompletionSource<TValue?> Value)> waiting;
        lock (_gate)
        {
            waiting = _waiting;
            _waiting = [];
        }
        foreach (var part in waiting.Chunk(MaxBatchSize)) await LoadPartAsync(part, cancellationToken);
    }

    private async Task LoadPartAsync((TKey Key, TaskCompletionSource<TValue?> Value)[] part, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loaded = await LoadBatchAsync(Array.ConvertAll(part, p => p.Key), cancellationToken);
            Deliver(part, (key, value) => value.TrySetResult(loaded.TryGetValue(key, out var found) ? found : default));
        }
        catch (Exception failure) // every waiting field reports it
        {
            Deliver(part, (_, value) => value.TrySetException(failure));
        }
    }

    private void Deliver((TKey Key, TaskCompletionSource<TValue?> Value)[] part, Action<TKey, TaskCompletionSource<TValue?>> deliver)
    {
        Scheduler!.Hold();
        Scheduler.Loading(-part.Length);
        foreach (var (key, value) in part) deliver(key, value);
        Scheduler.Release();
    }
}

/// <summary>The part of a batch loader that does not depend on its types.</summary>
public abstract class BatchLoader
{
    private protected BatchLoader() { }

    internal IBatchScheduler? Scheduler { get; set; }

    internal abstract Task DispatchAsync(CancellationToken cancellationToken);

    private protected void RequestDispatch()
    {
        var scheduler = Scheduler
            ?? throw new InvalidOperationException($"{GetType().Name} was not handed out by the executor; take it as a resolver parameter.");
        scheduler.Schedule(this);
    }
}

/// <summary>Calls loaders when no field of the request can get further without them.</summary>
internal interface IBatchScheduler
{
    void Schedule(BatchLoader loader);

    /// <summary>So many more keys (fewer, when negative) are waited for.</summary>
    void Loading(int keys);

    /// <summary>Keeps loaders from being called until <see cref="Release"/>.</summary>
    void Hold();

    void Release();
}
