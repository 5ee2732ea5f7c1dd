using Plumbline.ObjectStore.Azure.Blobs;

namespace Plumbline.ObjectStore.Azure.Appends;

/// <summary>The right tail for a blob.</summary>
internal static class Tails
{
    public static IBlobTail Of(BlobContainer blobs, string name, BlobState found) =>
        found.IsAppendBlob ? new AppendBlobTail(blobs, name, found) : new BlockBlobTail(blobs, name, found);

    /// <summary>That of a blob that is made when it is missing.</summary>
    public static async Task<IBlobTail> OpenAsync(BlobContainer blobs, string name, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } found) return Of(blobs, name, found);
        var appender = BlobMarks.NewId();
        var (state, isNew) = await blobs.CreateAsync(name, appender, cancellationToken).ConfigureAwait(false);
        return isNew ? new AppendBlobTail(blobs, name, state, appender) : Of(blobs, name, state);
    }

    /// <summary>That of a new blob in the room of another, which is deleted: an append blob cannot begin again at its start.</summary>
    public static async Task<IBlobTail> OpenOverAsync(BlobContainer blobs, string name, string over, CancellationToken cancellationToken)
    {
        var appender = BlobMarks.NewId();
        var (state, isNew) = await blobs.CreateAsync(name, appender, cancellationToken).ConfigureAwait(false);
        if (!isNew) throw new AppendConflictException(name, 0, state.Length);
        var writer = new BlobWriter(blobs);
        try
        {
            await writer.DeleteAsync(over, ifMatch: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            await TryUndoAsync(writer, name, state.Tag).ConfigureAwait(false);
            throw;
        }
        return new AppendBlobTail(blobs, name, state, appender);
    }

    private static async Task TryUndoAsync(BlobWriter writer, string name, string tag)
    {
        try
        {
            await writer.DeleteAsync(name, tag, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // An empty object stays; a log's owner takes the next number then.
        }
    }
}
