namespace Plumbline.ObjectStore;

/// <summary>One object, open for appending by one owner; what a write-ahead log or a journal holds on to.</summary>
/// <remarks>
/// The handle knows the length it left the object at. When somebody else has appended, truncated, replaced or deleted the object since,
/// every further append fails with <see cref="AppendConflictException"/>: the handle is fenced off and must be opened again.
/// Appends may be called concurrently; they land in the order of the calls and share flushes (group commit).
/// An append that failed with <see cref="StorageUnavailableException"/> was taken back, and the handle stays usable.
/// Disposing waits for appends under way.
/// </remarks>
public interface IAppendObject : IAsyncDisposable
{
    /// <summary>The object's name.</summary>
    string Name { get; }

    /// <summary>The acknowledged length in bytes.</summary>
    long Length { get; }

    /// <summary>Whether the medium will soon take no more appends to this object, however short: its owner goes on in another one.</summary>
    bool IsNearlyFull => false;

    /// <summary>Adds the buffers as one append.</summary>
    /// <returns>The length of the object with this append at its end, so that it starts at that length less the bytes given.</returns>
    /// <exception cref="AppendConflictException">Somebody else has changed the object.</exception>
    /// <exception cref="StorageUnavailableException">The medium is full, read-only or broken; nothing was added.</exception>
    ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> buffers, CancellationToken cancellationToken = default);

    /// <summary>Cuts the object back to <paramref name="length"/> bytes (0 to its length), durably: how an owner removes a torn tail.</summary>
    /// <exception cref="AppendConflictException">Somebody else has changed the object.</exception>
    ValueTask TruncateAsync(long length, CancellationToken cancellationToken = default);
}
