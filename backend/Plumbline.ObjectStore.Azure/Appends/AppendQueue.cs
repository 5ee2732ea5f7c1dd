namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>Appends to one object in the order of their calls. While one request is under way those that come wait, and go together with the
/// next: the round trip is what costs.</summary>
/// <param name="name">The object.</param>
/// <param name="batchBytes">How much goes together.</param>
/// <param name="commit">Carries out a batch, a truncation by itself, and completes each piece; what it leaves fails with what it throws.</param>
internal sealed class AppendQueue(string name, int batchBytes, Func<IReadOnlyList<AppendWork>, Task> commit)
{
    private readonly Lock _gate = new();
    private readonly Queue<AppendWork> _waiting = [];
    private TaskCompletionSource? _draining;
    private bool _isClosed;

    public Task<long> RunAsync(AppendWork work)
    {
        work.CancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, name);
            _waiting.Enqueue(work);
            if (_draining is not null) return work.Done;
            _draining = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.DrainAsync(), this, preferLocal: false);
        return work.Done;
    }

    /// <summary>Takes nothing more, and waits for what was taken.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _draining?.Task ?? Task.CompletedTask;
        }
    }

    private async Task DrainAsync()
    {
        while (Take() is { } batch)
        {
            if (batch.Count == 0) continue;
            try
            {
                await commit(batch).ConfigureAwait(false);
            }
            catch (Exception e) // the edge of the loop: whatever it is, those who wait must hear of it
            {
                foreach (var work in batch) work.Fail(e);
            }
        }
    }

    /// <summary>What goes next, without what was cancelled; null when nothing waits.</summary>
    private List<AppendWork>? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _draining!.SetResult();
                _draining = null;
                return null;
            }
            var (batch, size) = (new List<AppendWork>(), 0L);
            while (_waiting.TryPeek(out var next) && (batch.Count == 0 || Fits(batch[^1], next, size)))
            {
                _waiting.Dequeue();
                if (next.CancellationToken.IsCancellationRequested)
                {
                    next.Fail(new OperationCanceledException(next.CancellationToken));
                    continue;
                }
                batch.Add(next);
                size += next.Size;
            }
            return batch;
        }
    }

    private bool Fits(AppendWork last, AppendWork next, long size) => last.TruncateTo is null && next.TruncateTo is null && size + next.Size <= batchBytes;
}
