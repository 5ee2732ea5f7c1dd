using Azure;
using Azure.Storage.Blobs.Models;
using Plumbline.ObjectStore.Azure.Appends;
using Plumbline.ObjectStore.Azure.Requests;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>Writes and deletes whole objects.</summary>
internal sealed class BlobWriter(BlobContainer blobs)
{
    private const int MostRaces = 20;

    public async Task<string> PutAsync(string name, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostRaces; i++)
        {
            if (await TryPutAsync(name, content, condition, cancellationToken).ConfigureAwait(false) is { } tag) return tag;
            if (await TryReplaceAppendedAsync(name, content, condition).ConfigureAwait(false) is { } replaced) return replaced;
            await blobs.Attempts.PauseAsync(i, CancellationToken.None).ConfigureAwait(false);
        }
        throw new StorageUnavailableException(name, StorageFault.Failed, "others change it all the time, or its blob is none that this store makes.");
    }

    public Task<bool> DeleteAsync(string name, string? ifMatch, CancellationToken cancellationToken)
    {
        var conditions = ifMatch is null ? null : new BlobRequestConditions { IfMatch = new ETag(ifMatch) };
        return blobs.Attempts.WriteAsync(
            name, 0,
            async attempt =>
            {
                try
                {
                    await blobs.Blob(name).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, conditions, attempt.CancellationToken).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException e) when (BlobFaults.IsMissing(e))
                {
                    if (attempt.MayHaveHappened) return true;
                    return ifMatch is null ? false : throw new PreconditionFailedException(name, ifMatch, null);
                }
                catch (RequestFailedException e) when (ifMatch is not null && BlobFaults.IsRefused(e))
                {
                    var found = await blobs.LookAsync(name, attempt.CancellationToken).ConfigureAwait(false);
                    return found is null && attempt.MayHaveHappened ? true : throw new PreconditionFailedException(name, ifMatch, found?.Tag);
                }
            },
            cancellationToken);
    }

    /// <summary>Writes a block blob; null when the object is an append blob, for the service lets none become one of another type, or has just
    /// become what the condition asks for.</summary>
    private Task<string?> TryPutAsync(string name, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        // Who writes in any case needs not know whether it was their own write that they found.
        var marks = BlobMarks.None with { Writer = condition == PutCondition.None ? null : BlobMarks.NewId() };
        var upload = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions
            {
                IfMatch = condition.IfMatch is { } tag ? new ETag(tag) : null,
                IfNoneMatch = condition.IfMissing ? ETag.All : null,
            },
            Metadata = marks.ToMetadata(),
        };
        return blobs.Attempts.WriteAsync<string?>(
            name, content.Length,
            async attempt =>
            {
                try
                {
                    using var stream = new MemoryStream(content, writable: false);
                    BlobContentInfo written = await blobs.BlockBlob(name).UploadAsync(stream, upload, attempt.CancellationToken).ConfigureAwait(false);
                    return BlobState.TagOf(written.ETag);
                }
                catch (RequestFailedException e) when (BlobFaults.IsRefused(e))
                {
                    var found = await blobs.LookAsync(name, attempt.CancellationToken).ConfigureAwait(false);
                    if (attempt.MayHaveHappened && marks.Writer is not null && found?.Marks.Writer == marks.Writer) return found.Tag;
                    if (!condition.Holds(found?.Tag)) throw new PreconditionFailedException(name, condition.IfMatch, found?.Tag);
                    return null;
                }
            },
            cancellationToken);
    }

    /// <summary>Writes over what was appended; null when there is nothing of that kind, or it has changed meanwhile, and all begins anew.</summary>
    private async Task<string?> TryReplaceAppendedAsync(string name, byte[] content, PutCondition condition)
    {
        var found = await blobs.FindAsync(name, CancellationToken.None).ConfigureAwait(false);
        if (!condition.Holds(found?.Tag)) throw new PreconditionFailedException(name, condition.IfMatch, found?.Tag);
        if (found is not { IsAppendBlob: true }) return null;
        try
        {
            return await new AppendBlobTail(blobs, name, found).ReplaceAsync(content).ConfigureAwait(false);
        }
        catch (AppendConflictException)
        {
            return null;
        }
    }
}
