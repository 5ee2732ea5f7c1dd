using Azure.Identity;
using Azure.Storage.Blobs;

namespace Plumbline.ObjectStore.Azure.Connecting;

/// <summary>The client of the container. It tries nothing again by itself and sets no time: what a write that failed may have done is judged
/// attempt by attempt, in <see cref="Requests.Attempts"/>.</summary>
internal static class Connection
{
    // Old enough for emulators and sovereign clouds, new enough for blocks of 100 MiB and names that XML cannot carry.
    private const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2023_11_03;

    public static BlobContainerClient Create(AzureObjectStoreOptions options)
    {
        var client = new BlobClientOptions(Version) { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan } };
        if (options.ConnectionString is { } connection) return FromConnectionString(connection, options.Container, client);
        var service = options.Endpoint!.Query.Length > 0
            ? new BlobServiceClient(options.Endpoint, client)
            : new BlobServiceClient(options.Endpoint, options.Credential ?? new DefaultAzureCredential(), client);
        return service.GetBlobContainerClient(options.Container);
    }

    private static BlobContainerClient FromConnectionString(string connection, string container, BlobClientOptions options)
    {
        try
        {
            return new BlobContainerClient(connection, container, options);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException(
                "The Azure object store cannot be opened: ConnectionString is none. It looks like "
                + "DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net.",
                e);
        }
    }
}
