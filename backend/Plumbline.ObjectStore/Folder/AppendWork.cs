namespace Plumbline.ObjectStore.Folder;

/// <summary>One append, truncation or opening that waits for its writer.</summary>
internal sealed class AppendWork
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FolderAppendObject? _handle;
    private readonly long? _expectedLength;
    private readonly CancellationToken _cancellationToken;
    private readonly string _name;
    private readonly long? _truncateTo;
    private bool _accepted;
    private bool _rejected;

    private AppendWork(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, FolderAppendObject? handle, long? expectedLength, long? truncateTo,
        CancellationToken cancellationToken, bool restarts = false) =>
        (
            _name, Buffers, _handle, _expectedLength, _truncateTo, _cancellationToken, Restarts) = (
                name, buffers, handle, expectedLength, truncateTo, cancellationToken, restarts);

    public Task<long> Done => _done.Task;

    public IReadOnlyList<ReadOnlyMemory<byte>> Buffers { get; }

    public bool IsTruncation => _truncateTo is not null;

    /// <summary>Whether appending begins anew at the start of the file, whatever it holds.</summary>
    public bool Restarts { get; }

    /// <summary>The length of the file once this is done.</summary>
    public long NewLength { get; private set; }

    public static AppendWork Open(string name, CancellationToken cancellationToken) => new(name, [], null, null, null, cancellationToken);

    public static AppendWork Restart(string name, CancellationToken cancellationToken) => new(name, [], null, null, null, cancellationToken, restarts: true);

    public static AppendWork Append(string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken) =>
        new(name, buffers, null, expectedLength, null, cancellationToken);

    public static AppendWork Append(FolderAppendObject handle, IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken) =>
        new(handle.Name, buffers, handle, null, null, cancellationToken);

    public static AppendWork Truncate(FolderAppendObject handle, long length, CancellationToken cancellationToken) =>
        new(handle.Name, [], handle, null, length, cancellationToken);

    /// <summary>Whether this may happen to a file of that length; null for one that was replaced or deleted.</summary>
    public bool Accept(long? length, bool exists)
    {
        if (_cancellationToken.IsCancellationRequested) return Reject(new OperationCanceledException(_cancellationToken));
        if (length is not { } actual) return Reject(new AppendConflictException(_name, _handle?.WriterLength ?? _expectedLength ?? 0, null));
        var expected = _handle is null ? _expectedLength ?? actual : _handle.WriterLength;
        if (expected != actual) return Reject(new AppendConflictException(_name, expected, exists ? actual : null));
        if (_truncateTo > actual) return Reject(new ArgumentOutOfRangeException(nameof(length), _truncateTo, $"'{_name}' has only {actual} bytes."));
        NewLength = Restarts ? 0 : _truncateTo ?? actual + Buffers.TotalLength();
        if (_handle is not null) _handle.WriterLength = NewLength;
        return _accepted = true;
    }

    public void Complete()
    {
        _handle?.Acknowledge(NewLength);
        _done.TrySetResult(NewLength);
    }

    /// <summary>The batch failed: the handle goes back to the length that is on disk.</summary>
    public void Fail(Exception exception, long durableLength)
    {
        if (_rejected) return;
        if (_handle is not null && _accepted) _handle.WriterLength = durableLength;
        _done.TrySetException(exception);
    }

    private bool Reject(Exception exception)
    {
        _rejected = true;
        _done.TrySetException(exception);
        return false;
    }
}
