using System.Runtime.CompilerServices;

namespace Plumbline.TraceStore.Store;

/// <summary>Notifies watchers of the traces that changed. Many changes of one trace are one notice.</summary>
internal sealed class TraceWatchers(SpanStoreOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<Watcher> _watchers = [];

    /// <summary>Whether anybody watches.</summary>
    public bool Any
    {
        get
        {
            lock (_gate) return _watchers.Count > 0;
        }
    }

    public void Notify(HashSet<TraceId> changed)
    {
        if (changed.Count == 0) return;
        lock (_gate)
        {
            foreach (var watcher in _watchers) watcher.Add(changed);
        }
    }

    /// <summary>Sets of changed traces with the number of those dropped, until cancelled. Watching begins with this call, not with the first step.</summary>
    /// <param name="first">What to notify of at first as if it had changed, if anything; asked when the watching has begun, so that nothing falls
    /// between.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public IAsyncEnumerable<(HashSet<TraceId> Changed, int Missed)> WatchAsync(
        Func<CancellationToken, ValueTask<HashSet<TraceId>>>? first, CancellationToken cancellationToken)
    {
        var watcher = new Watcher(options.MaxWatchBacklog);
        lock (_gate) _watchers.Add(watcher);
        return RunAsync(watcher, first, cancellationToken);
    }

    private async IAsyncEnumerable<(HashSet<TraceId> Changed, int Missed)> RunAsync(
        Watcher watcher, Func<CancellationToken, ValueTask<HashSet<TraceId>>>? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            if (first is not null) Add(watcher, await first(cancellationToken).ConfigureAwait(false));
            while (true)
            {
                await watcher.Signal.WaitAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(options.WatchInterval, clock, cancellationToken).ConfigureAwait(false);
                yield return watcher.Take();
            }
        }
        finally
        {
            lock (_gate) _watchers.Remove(watcher);
        }
    }

    private static void Add(Watcher watcher, HashSet<TraceId> changed)
    {
        if (changed.Count > 0) watcher.Add(changed);
    }

    private sealed class Watcher(int backlog)
    {
        private readonly Lock _own = new();
        private HashSet<TraceId> _changed = [];
        private int _missed;
        private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Signal
        {
            get
            {
                lock (_own) return _signal.Task;
            }
        }

        public void Add(HashSet<TraceId> changed)
        {
            lock (_own)
            {
                foreach (var id in changed)
                {
                    if (_changed.Count < backlog || _changed.Contains(id)) _changed.Add(id);
                    else _missed++;
                }
                _signal.TrySetResult();
            }
        }

        public (HashSet<TraceId> Changed, int Missed) Take()
        {
            lock (_own)
            {
                var taken = (_changed, _missed);
                (_changed, _missed) = ([], 0);
                _signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return taken;
            }
        }
    }
}
