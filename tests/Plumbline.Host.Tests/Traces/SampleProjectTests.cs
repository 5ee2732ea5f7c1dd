using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Traces;

public sealed class SampleProjectTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Load_FillsTheProject_WithTracesThatNameTheirPromptVersions()
    {
        var (id, script) = await ProjectAsync("Traces");
        using var _ = script;
        await server.Owner.QueryAsync(Load, new { id });
        // The key reads with the eyes of whoever loaded the sample, who is still to review some of it.
        using var colleague = await server.JoinAsync("reads-traces@example.com", "DEVELOPER");
        var project = (await colleague.QueryAsync(TraceQuery, new { id })).GetProperty("project");
        var traces = project.GetProperty("traces");
        Assert.Equal(180, traces.GetProperty("totalCount").GetInt32());
        var nodes = traces.GetProperty("nodes").EnumerateArray().ToArray();
        Assert.Contains(nodes, t => t.GetProperty("status").GetString() == "ERROR");
        Assert.Contains(nodes, t => t.GetProperty("spanCount").GetInt32() >= 4);
        Assert.All(
            nodes.Where(t => t.GetProperty("status").GetString() != "ERROR"),
            t => Assert.Equal(JsonValueKind.String, t.GetProperty("costUsd").ValueKind));
        Assert.Contains(nodes, t => t.GetProperty("promptVersions").EnumerateArray().Any(v => v.GetProperty("number").GetInt32() == 2));
        Assert.Superset(Kinds.ToHashSet(), project.GetProperty("facets").EnumerateArray().Select(f => f.Text("value")).ToHashSet());
        var generations = project.GetProperty("stats")[0];
        Assert.True(generations.GetProperty("spans").GetInt64() >= 180);
        Assert.True(generations.At("durationMs.p95").GetDouble() > 250);
    }

    [Fact]
    public async Task Load_ByAPerson_LeavesThemAHalfReviewedQueue_AndADatasetOfIt()
    {
        var (id, script) = await ProjectAsync("Person");
        using var _ = script;
        await server.Owner.QueryAsync(Load, new { id });
        var seen = (await server.Owner.QueryAsync(ReviewQuery, new { id })).GetProperty("project");
        Assert.Equal(174, seen.At("traces.totalCount").GetInt32()); // the six that wait are hidden from their reviewer

        var queue = Assert.Single(seen.GetProperty("reviewQueues").EnumerateArray());
        Assert.Equal("""{"total":12,"waiting":6,"inReview":0,"reviewed":6,"disputed":0,"resolved":6}""", queue.GetProperty("progress").GetRawText());
        Assert.Equal("""{"done":6,"available":6}""", queue.GetProperty("myProgress").GetRawText());
        Assert.Single(queue.GetProperty("reviewers").EnumerateArray());
        var reviews = queue.At("myReviews.nodes").EnumerateArray().ToArray();
        Assert.Equal(3, reviews.Count(r => r.GetProperty("label").GetString() == "PASS"));
        Assert.All(reviews.Where(r => r.GetProperty("label").GetString() == "FAIL"), r => Assert.NotEqual("", r.GetProperty("correctedOutput").GetString()));

        var dataset = Assert.Single(seen.GetProperty("datasets").EnumerateArray());
        var items = dataset.At("items.nodes").EnumerateArray().ToArray();
        Assert.Equal(9, items.Length);
        var reviewed = items.Where(i => i.GetProperty("lineage").ValueKind == JsonValueKind.Object).ToArray();
        Assert.Equal(6, reviewed.Length);
        Assert.All(reviewed, i => Assert.Single(i.At("lineage.reviewIds").EnumerateArray()));
        Assert.Equal(3, reviewed.Count(i => i.GetProperty("label").GetString() == "FAIL" && i.GetProperty("expected").ValueKind == JsonValueKind.String));
    }

    [Fact]
    public async Task Load_ByAKey_LeavesAnOpenQueue_WithNothingReviewed()
    {
        var (id, script) = await ProjectAsync("Key");
        using var _ = script;
        await script.QueryAsync(Load, new { id });
        var seen = (await server.Owner.QueryAsync(ReviewQuery, new { id })).GetProperty("project");
        Assert.Equal(180, seen.At("traces.totalCount").GetInt32());
        var queue = Assert.Single(seen.GetProperty("reviewQueues").EnumerateArray());
        Assert.Equal("""{"total":12,"waiting":12,"inReview":0,"reviewed":0,"disputed":0,"resolved":0}""", queue.GetProperty("progress").GetRawText());
        Assert.Equal(0, queue.At("myProgress.available").GetInt32());
        var queueId = queue.Text("id");
        var joined = await server.Owner.DoAsync("joinReviewQueue", new { queueId }, "queue { myProgress { available } }");
        Assert.Equal(12, joined.At("queue.myProgress.available").GetInt32());
        var dataset = Assert.Single(seen.GetProperty("datasets").EnumerateArray());
        var items = dataset.At("items.nodes").EnumerateArray().ToArray();
        Assert.Equal(3, items.Length);
        Assert.All(items, i => Assert.Equal(JsonValueKind.Null, i.GetProperty("lineage").ValueKind));
    }

    [Fact]
    public async Task Load_Twice_ChangesNothing()
    {
        var (id, script) = await ProjectAsync("Twice");
        using var _ = script;
        await server.Owner.QueryAsync(Load, new { id });
        var once = await server.Owner.QueryTextAsync(ReviewQuery, new { id });
        await server.Owner.QueryAsync(Load, new { id });
        await script.QueryAsync(Load, new { id });
        Assert.Equal(once, await server.Owner.QueryTextAsync(ReviewQuery, new { id }));
    }

    [Fact]
    public async Task Load_WithASampleAlreadyBeingLoaded_IsAConflict()
    {
        var (id, script) = await ProjectAsync("At once");
        using var _ = script;
        var answers = await Task.WhenAll(server.Owner.QueryTextAsync(Load, new { id }), server.Owner.QueryTextAsync(Load, new { id }));
        Assert.Single(answers, a => a.Contains("CONFLICT", StringComparison.Ordinal));
        using var colleague = await server.JoinAsync("reads-conflict@example.com", "DEVELOPER");
        var seen = (await colleague.QueryAsync(TraceQuery, new { id })).GetProperty("project");
        Assert.Equal(180, seen.At("traces.totalCount").GetInt32());
    }

    [Fact]
    public async Task Load_AfterTheServerDiedHalfWay_CompletesIt_WithNothingTwice()
    {
        await using var first = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var before = ServerClient.Script(first, RunningServer.ApiKey);
        var id = (await before.QueryAsync("{ viewer { organizations { projects { id } } } }")).Text("viewer.organizations[0].projects[0].id");
        var loading = before.QueryTextAsync(Load, new { id });
        while (await CountAsync(before, id) < 20) Assert.False(loading.IsCompleted);
        await first.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => loading);

        await using var second = await ServerProcess.StartAsync(first.Folder);
        using var after = ServerClient.Script(second, RunningServer.ApiKey);
        Assert.InRange(await CountAsync(after, id), 20, 179);
        await after.QueryAsync(Load, new { id });
        var seen = (await after.QueryAsync(ReviewQuery, new { id })).GetProperty("project");
        Assert.Equal(180, seen.At("traces.totalCount").GetInt32());
        Assert.Equal(12, Assert.Single(seen.GetProperty("reviewQueues").EnumerateArray()).At("progress.total").GetInt32());
        Assert.Equal(3, Assert.Single(seen.GetProperty("datasets").EnumerateArray()).At("items.nodes").GetArrayLength());
    }

    private static async Task<int> CountAsync(ServerClient client, string id) =>
        (await client.QueryAsync(
            "query($id: ID!) { project(id: $id) { traces(first: 1) { totalCount } } }", new { id })).At("project.traces.totalCount").GetInt32();

    /// <summary>A project of its own and a script with a key of all scopes in it.</summary>
    private async Task<(string Id, ServerClient Script)> ProjectAsync(string name)
    {
        var project = await server.Owner.DoAsync("createProject", new { organizationId = server.OrganizationId, name }, "project { id }");
        var id = project.Text("project.id");
        var key = await new Project(server.Owner, id).KeyAsync("Key", "INGEST", "READ", "WRITE", "PLAYGROUND", "ADMIN");
        return (id, ServerClient.Script(server.Process, key.Secret));
    }

    private static readonly string[] Kinds = ["GENERATION", "TOOL", "AGENT", "CHAIN", "EMBEDDING", "RETRIEVER"];

    private const string Load = "mutation($id: ID!) { loadSampleProject(input: { id: $id }) { project { id } } }";

    private const string TraceQuery = """
        query($id: ID!) { project(id: $id) {
          traces(first: 100) { totalCount nodes { name status spanCount costUsd models promptVersions { number } root { name kind } } }
          facets(field: KIND, range: { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }) { value count }
          stats(range: { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }, where: { kinds: [GENERATION] }) { spans traces errors costUsd durationMs { p50 p95 } tokens { input output } }
        } }
        """;

    private const string ReviewQuery = """
        query($id: ID!) { project(id: $id) {
          traces(first: 1) { totalCount }
          reviewQueues {
            id name reviewers { id } progress { total waiting inReview reviewed disputed resolved } myProgress { done available }
            myReviews(first: 20) { nodes { label reasoning failureModes correctedOutput } }
          }
          datasets { id name items(first: 50) { nodes { id inputs output expected label reasoning lineage { traceId promptName promptVersion reviewIds } } } }
        } }
        """;
}
