namespace Plumbline.ObjectStore;

/// <summary>Named objects of bytes: the only place where Plumbline keeps state.</summary>
/// <remarks>
/// <para><b>Atomicity.</b> A put replaces the whole object or nothing: a reader sees the old or the new bytes, never a mixture, also after a crash.
/// An append that was acknowledged is there whole; one that was not (failure, crash) may be there whole, in part at the very end, or not at all,
/// so a log carries checksums and its owner cuts a torn tail with <see cref="IAppendObject.TruncateAsync"/>.</para>
/// <para><b>Ordering.</b> Operations on one name take effect one after another. Whoever starts a read after a write was acknowledged sees that write;
/// a read beside an append may see a part of it.
/// Appends through one <see cref="IAppendObject"/> land in the order in which they were called. Nothing is promised between different names.</para>
/// <para><b>Durability.</b> An acknowledged put, append, truncate or delete survives the end of the process and, for stores on disk, a loss of power:
/// the data and the directory entry are flushed before the acknowledgement. Concurrent appends to one object share a flush.</para>
/// <para><b>Fencing.</b> Conditional puts and deletes compare entity tags; appends compare lengths. The loser gets <see cref="PreconditionFailedException"/>
/// or <see cref="AppendConflictException"/> and has changed nothing.</para>
/// <para><b>Buffers.</b> The caller owns every buffer it passes, and may not change it until the returned task has completed; the store
/// keeps no reference after that. Arrays that the store returns belong to the caller.</para>
/// <para><b>Cancellation.</b> A token is honoured until the write begins; from then on the operation runs to its end and the task tells how it ended.
/// <see cref="OperationCanceledException"/> therefore means that nothing was written.</para>
/// <para><b>Names</b> are paths such as <c>org/project/wal/0001</c>; the rules are in <see cref="ObjectName"/>. They are case-sensitive and
/// compared by ordinal. An object whose last segment holds a dot may lie beside objects in a folder of its name (<c>a.json</c> beside
/// <c>a.json/b</c>); without a dot (<c>a</c> beside <c>a/b</c>) it may be refused with <see cref="InvalidObjectNameException"/>.</para>
/// <para><b>Errors</b> are those of the folder Errors, each with the name of its object. <see cref="StorageUnavailableException"/> (full, read-only, broken)
/// may be retried: the store repairs itself by the first operation that succeeds.</para>
/// All members may be called from any thread.
/// </remarks>
public interface IObjectStore
{
    /// <summary>The whole object, or null when there is none.</summary>
    ValueTask<StoredObject?> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> (bytes).</summary>
    /// <returns>The number of bytes read: less than asked for only at the end of the object, 0 at or past it.</returns>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    ValueTask<int> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>Length, entity tag and time of an object, or null when there is none.</summary>
    ValueTask<ObjectProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Writes the whole object, whose bytes are the buffers one after another.</summary>
    /// <returns>The new entity tag.</returns>
    /// <exception cref="PreconditionFailedException"><paramref name="condition"/> does not hold.</exception>
    ValueTask<string> PutAsync(
        string name, IReadOnlyList<ReadOnlyMemory<byte>> content, PutCondition condition = default,
        CancellationToken cancellationToken = default);

    /// <summary>Adds the buffers at the end of an object, creating it when it is missing and the expected length is 0 or null.</summary>
    /// <param name="name">The object.</param>
    /// <param name="buffers">What to add, in this order, as one append.</param>
    /// <param name="expectedLength">The length (bytes) the object must have now, 0 for a missing one; null appends at whatever length.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>The length of the object with this append at its end.</returns>
    /// <exception cref="AppendConflictException">The object has another length.</exception>
    ValueTask<long> AppendAsync(string name, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long? expectedLength, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for appending and creates it, durably, when it is missing. Costs a look-up; the appends through it do not.</summary>
    ValueTask<IAppendObject> OpenAppendAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Opens a new object for appending from its beginning, in the room of another that nobody needs any more and that is gone
    /// afterwards: on a disk, appends into room that is already there need no new blocks and are flushed several times faster.</summary>
    /// <remarks>What the other held may stand behind the handle's length until it is written over, and counts as part of the object for
    /// everybody else: readers, the length in its properties, whoever opens it next. The owner of its format tells its own bytes from them
    /// (a checksum that depends on the object's name does) and cuts the rest with <see cref="IAppendObject.TruncateAsync"/>. A store that
    /// has no use for the room deletes the other and begins an empty object; so does every store when the other is missing.</remarks>
    /// <param name="name">The new object.</param>
    /// <param name="over">The object whose room it takes. Whoever has it open is fenced off.</param>
    /// <param name="cancellationToken">Honoured until the change begins.</param>
    /// <exception cref="AppendConflictException">There is an object of that name already.</exception>
    async ValueTask<IAppendObject> OpenOverAsync(string name, string over, CancellationToken cancellationToken = default)
    {
        if (await GetPropertiesAsync(name, cancellationToken).ConfigureAwait(false) is { } taken) throw new AppendConflictException(name, 0, taken.Length);
        await DeleteAsync(over, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await OpenAppendAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The objects whose names start with <paramref name="prefix"/> (any text, also empty), in ordinal order of their UTF-8 names.
    /// An object that is written or deleted meanwhile may or may not be among them.</summary>
    IAsyncEnumerable<ObjectProperties> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object.</summary>
    /// <param name="name">The object.</param>
    /// <param name="ifMatch">The entity tag it must have, or null for any.</param>
    /// <param name="cancellationToken">Honoured until the deletion begins.</param>
    /// <returns>False when there was none, and no tag was asked for.</returns>
    /// <exception cref="PreconditionFailedException">It has another tag, or is missing although a tag was asked for.</exception>
    ValueTask<bool> DeleteAsync(string name, string? ifMatch = null, CancellationToken cancellationToken = default);
}
