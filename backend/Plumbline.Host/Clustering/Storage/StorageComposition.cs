using Orleans.Configuration;
using Plumbline.Features.Storage;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Azure;

namespace Plumbline.Host.Clustering.Storage;

/// <summary>What all nodes keep together: objects, and the state of grains among them.</summary>
internal static class StorageComposition
{
    private const string Provider = "azure-grains";

    public static void AddSharedStorage(this WebApplicationBuilder builder, string cluster, StorageAccount account) =>
        builder.Services.AddSingleton<IObjectStore>(services => Blocking.Run(() => AzureObjectStore.OpenAsync(new AzureObjectStoreOptions
        {
            ConnectionString = account.ConnectionString,
            Endpoint = account.ConnectionString is null ? account.Blobs.Uri : null,
            Credential = account.Identity,
            Container = cluster,
            Clock = services.GetRequiredService<TimeProvider>(),
        })));

    /// <summary>Keeps the state of grains by the provider of the runtime, where the folder of a server that runs alone has it.</summary>
    public static ISiloBuilder UseSharedGrainStorage(this ISiloBuilder silo, string cluster, StorageAccount account)
    {
        silo.AddAzureBlobGrainStorage(Provider, (AzureBlobStorageOptions options) =>
        {
            (options.BlobServiceClient, options.ContainerName) = (account.Blobs, cluster);
            options.GrainStorageSerializer = new StoredJson();
            options.DeleteStateOnClear = true;
            options.BuildContainerFactory = (_, _) => new GrainStateFolder(account.Blobs.GetBlobContainerClient(cluster));
        });
        silo.Services.AddStorage(Provider, AzureFailures.Of);
        return silo;
    }
}
