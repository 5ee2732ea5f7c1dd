using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Plumbline.ObjectStore.Azure.Names;
using Plumbline.ObjectStore.Azure.Requests;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>The container, and how its blobs are asked for.</summary>
internal sealed class BlobContainer(BlobContainerClient client, AzureObjectStoreOptions options)
{
    public BlobContainerClient Client => client;

    public AzureObjectStoreOptions Options => options;

    public Attempts Attempts { get; } = new(options);

    public BlobClient Blob(string name) => client.GetBlobClient(BlobName.Of(name));

    public AppendBlobClient AppendBlob(string name) => client.GetAppendBlobClient(BlobName.Of(name));

    public BlockBlobClient BlockBlob(string name) => client.GetBlockBlobClient(BlobName.Of(name));

    /// <summary>What is known of a blob, or null when there is none; within an attempt.</summary>
    public async Task<BlobState?> LookAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return BlobState.Of(await Blob(name).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch (RequestFailedException e) when (BlobFaults.IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>What is known of a blob, or null when there is none.</summary>
    public Task<BlobState?> FindAsync(string name, CancellationToken cancellationToken) =>
        Attempts.ReadAsync(name, attempt => LookAsync(name, attempt.CancellationToken), cancellationToken);

    /// <summary>Makes an empty append blob unless there is something of the name.</summary>
    /// <param name="name">The object.</param>
    /// <param name="appender">The handle whose it is.</param>
    /// <param name="cancellationToken">Looked at once.</param>
    /// <returns>What is there now, and whether it was made.</returns>
    public Task<(BlobState State, bool IsNew)> CreateAsync(string name, string appender, CancellationToken cancellationToken)
    {
        var marks = BlobMarks.None with { Appender = appender };
        var create = new AppendBlobCreateOptions
        {
            Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = marks.ToMetadata(),
        };
        return Attempts.WriteAsync(
            name, 0,
            async attempt =>
            {
                while (true)
                {
                    try
                    {
                        BlobContentInfo made = await AppendBlob(name).CreateAsync(create, attempt.CancellationToken).ConfigureAwait(false);
                        return (new BlobState(0, made.ETag, made.LastModified, true, 0, marks), true);
                    }
                    catch (RequestFailedException e) when (BlobFaults.IsRefused(e) && !BlobFaults.IsMissing(e))
                    {
                        var found = await LookAsync(name, attempt.CancellationToken).ConfigureAwait(false);
                        if (found is not null) return (found, attempt.MayHaveHappened && found.Marks.Appender == appender);
                    }
                }
            },
            cancellationToken);
    }

    /// <summary>All buffers in one; what is sent must not change meanwhile, also not after an attempt was given up.</summary>
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        var whole = GC.AllocateUninitializedArray<byte>(checked((int)buffers.TotalLength()));
        var at = 0;
        for (var i = 0; i < buffers.Count; i++)
        {
            buffers[i].CopyTo(whole.AsMemory(at));
            at += buffers[i].Length;
        }
        return whole;
    }
}
