using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Plumbline.Host.Configuration;

/// <summary>A storage account of Azure.</summary>
internal sealed class StorageAccount
{
    /// <summary>What can be given.</summary>
    public const string Allowed =
        "a connection string with blobs and tables, or an address such as https://name.blob.core.windows.net, which takes the identity of this machine";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private StorageAccount(BlobServiceClient blobs, TableServiceClient tables) => (Blobs, Tables) = (blobs, tables);

    /// <summary>The connection string, where one was given. It holds a key.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>Who signs in, where an address alone was given.</summary>
    public TokenCredential? Identity { get; private init; }

    public BlobServiceClient Blobs { get; }

    public TableServiceClient Tables { get; }

    /// <summary>Where it is, without any secret.</summary>
    public string Address => Blobs.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Reads a connection string or an address.</summary>
    /// <returns>Null when it is neither.</returns>
    public static StorageAccount? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal) ? At(address) : Connected(text);

    private static StorageAccount? At(Uri blobs)
    {
        var labels = blobs.Host.Split('.');
        if (blobs.Scheme != Uri.UriSchemeHttps || blobs.PathAndQuery != "/" || labels.Length < 3 || labels[1] != "blob") return null;
        labels[1] = "table";
        var tables = new UriBuilder(blobs) { Host = string.Join('.', labels) }.Uri;
        var identity = new DefaultAzureCredential();
        return new(new BlobServiceClient(blobs, identity, Blob()), new TableServiceClient(tables, identity, Table())) { Identity = identity };
    }

    private static StorageAccount? Connected(string text)
    {
        try
        {
            return new(new BlobServiceClient(text, Blob()), new TableServiceClient(text, Table())) { ConnectionString = text };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static BlobClientOptions Blob() => Configure(new BlobClientOptions());

    private static TableClientOptions Table() => Configure(new TableClientOptions());

    // A call of a grain has to be answered before its caller gives up. Spans of the clients would name blobs, and so what people name.
    private static T Configure<T>(T options) where T : ClientOptions
    {
        (options.Retry.NetworkTimeout, options.Retry.Delay, options.Retry.MaxDelay) = (AttemptTimeout, FirstPause, LongestPause);
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return options;
    }
}
