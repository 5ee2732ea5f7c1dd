using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Plumbline.ObjectStore.Azure.Blobs;

namespace Plumbline.ObjectStore.Azure.Connecting;

/// <summary>What is done once before the store is used: faults of the account and the credential show at the start, by name.</summary>
internal static class Opening
{
    public static async Task RunAsync(BlobContainer blobs, CancellationToken cancellationToken)
    {
        await CreateAsync(blobs, cancellationToken).ConfigureAwait(false);
        await blobs.Attempts.ReadAsync(blobs.Client.Name, attempt => ListOneAsync(blobs, attempt.CancellationToken), cancellationToken).ConfigureAwait(false);
        await RefuseHierarchyAsync(blobs, cancellationToken).ConfigureAwait(false);
    }

    // A signature for one container, or a role on it, may use it and not make it. What listing says then is the better message.
    private static Task<bool> CreateAsync(BlobContainer blobs, CancellationToken cancellationToken) => blobs.Attempts.WriteAsync(
        blobs.Client.Name, 0,
        async attempt =>
        {
            try
            {
                await blobs.Client.CreateIfNotExistsAsync(cancellationToken: attempt.CancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 401 or 403)
            {
                return false;
            }
        },
        cancellationToken);

    private static async Task<bool> ListOneAsync(BlobContainer blobs, CancellationToken cancellationToken)
    {
        var pages = blobs.Client.GetBlobsAsync(new GetBlobsOptions(), cancellationToken).AsPages(pageSizeHint: 1).GetAsyncEnumerator(cancellationToken);
        await using (pages.ConfigureAwait(false)) return await pages.MoveNextAsync().ConfigureAwait(false);
    }

    private static async Task RefuseHierarchyAsync(BlobContainer blobs, CancellationToken cancellationToken)
    {
        var isHierarchical = await blobs.Attempts.ReadAsync(
            blobs.Client.Name, attempt => IsHierarchicalAsync(blobs, attempt.CancellationToken), cancellationToken).ConfigureAwait(false);
        if (!isHierarchical) return;
        throw new StorageUnavailableException(
            blobs.Client.Name, StorageFault.Failed,
            $"the storage account '{blobs.Client.AccountName}' has a hierarchical namespace, which lists in another order. Use an account without.");
    }

    private static async Task<bool> IsHierarchicalAsync(BlobContainer blobs, CancellationToken cancellationToken)
    {
        try
        {
            AccountInfo info = await blobs.Client.GetParentBlobServiceClient().GetAccountInfoAsync(cancellationToken).ConfigureAwait(false);
            return info.IsHierarchicalNamespaceEnabled;
        }
        catch (RequestFailedException e) when (e.Status is 400 or 401 or 403 or 404)
        {
            return false; // not everybody may ask; a list in another order is still noticed
        }
    }
}
