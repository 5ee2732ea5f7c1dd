namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>An append handle: a queue in front of a tail of its own.</summary>
internal sealed class AzureAppendObject : IAppendObject
{
    private readonly AppendQueue _queue;
    private readonly IBlobTail _tail;
    private AppendConflictException? _lost;
    private long _length;
    private volatile bool _isNearlyFull;

    public AzureAppendObject(string name, IBlobTail tail, int batchBytes)
    {
        (Name, _tail, _length, _isNearlyFull) = (name, tail, tail.Length, tail.IsNearlyFull);
        _queue = new AppendQueue(name, batchBytes, CommitAsync);
    }

    public string Name { get; }

    public long Length => Volatile.Read(ref _length);

    public bool IsNearlyFull => _isNearlyFull;

    public async ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default) =>
        await _queue.RunAsync(AppendWork.Append(buffers, null, cancellationToken)).ConfigureAwait(false);

    public async ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        await _queue.RunAsync(AppendWork.Truncate(length, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await _queue.CloseAsync().ConfigureAwait(false);

    private async Task CommitAsync(IReadOnlyList<AppendWork> batch)
    {
        if (_lost is { } lost) throw new AppendConflictException(lost.ObjectName, lost.ExpectedLength, lost.ActualLength);
        try
        {
            if (batch[0].TruncateTo is { } length) await TruncateAsync(batch[0], length).ConfigureAwait(false);
            else await AppendAsync(batch).ConfigureAwait(false);
        }
        catch (AppendConflictException e)
        {
            _lost = e;
            throw;
        }
    }

    private async Task AppendAsync(IReadOnlyList<AppendWork> batch)
    {
        var (bytes, end) = (AppendWork.Join(batch), _tail.Length);
        if (bytes.Length > 0) await _tail.AppendAsync(bytes).ConfigureAwait(false);
        _isNearlyFull = _tail.IsNearlyFull;
        Volatile.Write(ref _length, _tail.Length);
        foreach (var work in batch) work.Complete(end += work.Size);
    }

    private async Task TruncateAsync(AppendWork work, long length)
    {
        if (length > _tail.Length) throw new ArgumentOutOfRangeException(nameof(length), length, $"'{Name}' has only {_tail.Length} bytes.");
        if (length < _tail.Length) await _tail.TruncateAsync(length).ConfigureAwait(false);
        Volatile.Write(ref _length, length);
        work.Complete(length);
    }
}
