using Azure.Storage.Blobs;
using Orleans.Storage;
using Plumbline.Features.Storage;

namespace Plumbline.Host.Clustering.Storage;

/// <summary>Has the provider keep the state of grains in the container of all objects, under the name that it has in a folder, too.</summary>
internal sealed class GrainStateFolder(BlobContainerClient container) : IBlobContainerFactory
{
    private readonly Folder _folder = new(container);

    public Task InitializeAsync(BlobServiceClient client) => container.CreateIfNotExistsAsync();

    public BlobContainerClient GetBlobContainerClient(GrainId grainId) => _folder;

    /// <summary>A container whose blobs are those of another with the folder before their names.</summary>
    private sealed class Folder(BlobContainerClient container) : BlobContainerClient
    {
        public override Uri Uri => container.Uri;

        public override string Name => container.Name;

        public override BlobClient GetBlobClient(string blobName) => container.GetBlobClient(StorageFeature.Folder + blobName);
    }
}
