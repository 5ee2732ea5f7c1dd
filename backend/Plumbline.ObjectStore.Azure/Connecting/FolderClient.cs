using Azure.Storage.Blobs;

namespace Plumbline.ObjectStore.Azure.Connecting;

/// <summary>A container's client that puts a prefix before the name of every blob. What it does not do has no effect on the container: the
/// members of the base that ask the service need what its parameterless constructor does not give.</summary>
internal sealed class FolderClient(BlobContainerClient whole, string prefix) : BlobContainerClient
{
    public override string AccountName => whole.AccountName;

    public override string Name => whole.Name;

    public override Uri Uri => whole.Uri;

    public override BlobClient GetBlobClient(string blobName) => whole.GetBlobClient(prefix + blobName);
}
