using System.Text.Json;

namespace Plumbline.Testing.Api;

/// <summary>A dataset as whoever made it asks for it.</summary>
/// <param name="By">Who made it.</param>
/// <param name="Id">The dataset's id.</param>
public sealed record Dataset(IApiClient By, string Id)
{
    /// <summary>Adds items as they are given.</summary>
    /// <returns>How many were not in it yet.</returns>
    public Task<int> AddItemsAsync(params IEnumerable<object> items) => AddAsync(new { datasetId = Id, items });

    /// <inheritdoc cref="AddItemsAsync"/>
    public Task<int> AddSpansAsync(params IEnumerable<string> spanIds) => AddAsync(new { datasetId = Id, spanIds });

    /// <summary>Adds what was decided in a queue.</summary>
    public Task<int> AddDecidedAsync(Queue queue) => AddAsync(new { datasetId = Id, fromQueue = new { queueId = queue.Id } });

    public Task SnapshotAsync() => By.DoAsync("snapshotDataset", new { datasetId = Id });

    /// <summary>Its items as they are now.</summary>
    public async Task<IReadOnlyList<JsonElement>> ItemsAsync(string selection = "id")
    {
        var found = await By.QueryAsync($"query($id: ID!) {{ node(id: $id) {{ ... on Dataset {{ items {{ nodes {{ {selection} }} }} }} }} }}", new { id = Id });
        return [.. found.At("node.items.nodes").EnumerateArray()];
    }

    private async Task<int> AddAsync(object input) => (await By.DoAsync("addToDataset", input, "added")).At("added").GetInt32();
}
