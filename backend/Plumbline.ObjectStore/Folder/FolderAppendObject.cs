namespace Plumbline.ObjectStore.Folder;

/// <summary>An append handle of the folder store.</summary>
internal sealed class FolderAppendObject(FolderObjectStore store, AppendFile file, long length) : IAppendObject
{
    private long _acknowledged = length;
    private int _disposed;
    private int _underWay;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => file.Name;

    public long Length => Volatile.Read(ref _acknowledged);

    /// <summary>The length after all that the writer has accepted from this handle; touched by the writer only.</summary>
    public long WriterLength { get; set; } = length;

    public void Acknowledge(long length) => Volatile.Write(ref _acknowledged, length);

    public ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return RunAsync(AppendWork.Append(this, buffers, cancellationToken));
    }

    public async ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        cancellationToken.ThrowIfCancellationRequested();
        await RunAsync(AppendWork.Truncate(this, length, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (Interlocked.Decrement(ref _underWay) >= 0) await _idle.Task.ConfigureAwait(false);
        store.Release(file);
    }

    private async ValueTask<long> RunAsync(AppendWork work)
    {
        Enter();
        try
        {
            return await file.RunAsync(work).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        Interlocked.Increment(ref _underWay);
        if (Volatile.Read(ref _disposed) == 0) return;
        Leave();
        throw new ObjectDisposedException(Name);
    }

    // Disposing takes one off the count, so that the last to leave finds it below zero.
    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) < 0) _idle.TrySetResult();
    }
}
