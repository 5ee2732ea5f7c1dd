using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>That an item was adjudicated tells that it was disputed: whoever is still to judge it elsewhere finds no such entry.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class AuditTests(Worlds worlds)
{
    private static readonly Opinion Adjudicated = Opinion.All.Single(o => o.Adjudicated is not null);

    [Fact]
    public async Task Entries_OfItemsThatTheReaderIsToJudge_AreKeptFromThem()
    {
        using var admin = await worlds.JoinAsync("ADMIN");
        var world = await worlds.MakeAsync(Adjudicated, HiddenFacts.Usual);
        var before = await EntriesAsync(admin, world);
        Assert.Contains("item.adjudicated", before.Select(e => e.Action));
        await worlds.AssignAsync(world, admin);
        var pending = await EntriesAsync(admin, world);
        Assert.DoesNotContain(pending, e => e.Target == world.Ids["item " + World.BlindTrace]);
        // The other item was adjudicated too, and nothing keeps that from them.
        Assert.Contains(pending, e => e.Target == world.Ids["item " + World.VisibleBlindTrace]);
        var hidden = before.Single(e => e.Action == "item.adjudicated" && e.Target == world.Ids["item " + World.BlindTrace]);
        Assert.Contains("NOT_FOUND", await NodeAsync(admin, hidden.Id));
        Assert.Contains(hidden.Id, await NodeAsync(worlds.Owner, hidden.Id));
        // Neither do pages of one, nor their cursors, show that something was left out.
        Assert.Equal(pending.Select(e => e.Id), await OneByOneAsync(admin, world, pending.Count));
    }

    private static Task<string> NodeAsync(ServerClient person, string id) => person.QueryTextAsync($"{{ node(id: \"{id}\") {{ id }} }}");

    private async Task<List<string>> OneByOneAsync(ServerClient person, World world, int count)
    {
        var ids = new List<string>();
        string? after = null;
        for (var hasNext = true; hasNext && ids.Count <= count;)
        {
            var page = await PageAsync(person, world, 1, after);
            ids.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.Text("id")));
            hasNext = page.At("pageInfo.hasNextPage").GetBoolean();
            after = page.At("pageInfo.endCursor").GetString();
        }
        return ids;
    }

    private async Task<List<(string Id, string Action, string Target)>> EntriesAsync(ServerClient person, World world) =>
    [
        .. (await PageAsync(person, world, 200, null)).GetProperty("nodes").EnumerateArray()
            .Select(n => (n.Text("id"), n.Text("action"), n.Text("target"))),
    ];

    private async Task<JsonElement> PageAsync(ServerClient person, World world, int first, string? after)
    {
        const string query = """
            query($project: ID!, $first: Int!, $after: String) { organization(slug: "acme") {
              auditLog(first: $first, after: $after, where: { projectId: $project }) { nodes { id action target } pageInfo { hasNextPage endCursor } }
            } }
            """;
        return (await person.QueryAsync(query, new { project = world.ProjectId, first, after })).At("organization.auditLog");
    }
}
