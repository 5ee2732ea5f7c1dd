namespace Plumbline.TraceStore.Store;

/// <summary>Lets appends through side by side, and now and then one action alone: what that decides and writes to the log then has no append in between,
/// neither now nor in a replay.</summary>
internal sealed class AppendGate
{
    private readonly Lock _gate = new();
    private int _inside;
    private TaskCompletionSource? _closed;
    private TaskCompletionSource? _left;

    /// <summary>To be followed by <see cref="Leave"/>.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed is not null) return WaitAsync(_closed.Task, cancellationToken);
            _inside++;
            return default;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_inside == 0) _left?.TrySetResult();
        }
    }

    /// <summary>Waits until all appends have left, and holds new ones back meanwhile. One caller at a time.</summary>
    public async ValueTask<T> AloneAsync<T>(Func<ValueTask<T>> action)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task left;
        lock (_gate)
        {
            _closed = closed;
            _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0) _left.TrySetResult();
            left = _left.Task;
        }
        try
        {
            await left.ConfigureAwait(false);
            return await action().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) (_closed, _left) = (null, null);
            closed.SetResult();
        }
    }

    private async ValueTask WaitAsync(Task opened, CancellationToken cancellationToken)
    {
        await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
    }
}
