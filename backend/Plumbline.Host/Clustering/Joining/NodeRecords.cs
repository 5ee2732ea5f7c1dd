using System.Text.Json;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering.Joining;

/// <summary>What each node wrote of its settings, in the storage that all share: there before the node is in the table of members.</summary>
internal sealed class NodeRecords(IObjectStore store)
{
    private const string Folder = "cluster/nodes/";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task WriteAsync(SiloAddress node, SharedSettings settings, CancellationToken cancellationToken) =>
        await store.PutAsync(NameOf(node), JsonSerializer.SerializeToUtf8Bytes(settings, Json), cancellationToken: cancellationToken);

    /// <summary>What a node wrote; null when it did not, or has gone.</summary>
    public async Task<SharedSettings?> ReadAsync(SiloAddress node, CancellationToken cancellationToken) =>
        await store.GetAsync(NameOf(node), cancellationToken) is { } stored ? JsonSerializer.Deserialize<SharedSettings>(stored.Content, Json) : null;

    public async Task DeleteAsync(SiloAddress node, CancellationToken cancellationToken) =>
        await store.DeleteAsync(NameOf(node), cancellationToken: cancellationToken);

    private static string NameOf(SiloAddress node) => $"{Folder}{node.Endpoint.ToString().Replace(':', '-').Trim('[', ']')}-{node.Generation}.json";
}
