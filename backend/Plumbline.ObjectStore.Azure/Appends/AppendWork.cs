namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>One append or truncation that waits for its turn.</summary>
internal sealed class AppendWork
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppendWork(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, long? truncateTo, CancellationToken cancellationToken) =>
        (Buffers, ExpectedLength, TruncateTo, CancellationToken, Size) = (buffers, expectedLength, truncateTo, cancellationToken, buffers.TotalLength());

    public Task<long> Done => _done.Task;

    public IReadOnlyList<ReadOnlyMemory<byte>> Buffers { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>The length the object must have before it; null for any.</summary>
    public long? ExpectedLength { get; }

    /// <summary>Where a truncation cuts; null for an append.</summary>
    public long? TruncateTo { get; }

    public CancellationToken CancellationToken { get; }

    public static AppendWork Append(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken) =>
        new(buffers, expectedLength, null, cancellationToken);

    public static AppendWork Truncate(long length, CancellationToken cancellationToken) => new([], null, length, cancellationToken);

    public void Complete(long length) => _done.TrySetResult(length);

    /// <summary>Has no effect on what is done.</summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);

    public static byte[] Join(IEnumerable<AppendWork> batch) => Blobs.BlobContainer.Join([.. batch.SelectMany(w => w.Buffers)]);
}
