using System.Text.Json;

namespace Plumbline.Host.Tests.Traces;

public sealed class SampleProjectTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Load_FillsTheProject_WithTracesThatNameTheirPromptVersions()
    {
        await server.Owner.QueryAsync("mutation($id: ID!) { loadSampleProject(input: { id: $id }) { project { id } } }", new { id = server.ProjectId });
        var project = (await server.Owner.QueryAsync(Query, new { id = server.ProjectId })).GetProperty("project");
        var traces = project.GetProperty("traces");
        Assert.Equal(180, traces.GetProperty("totalCount").GetInt32());
        var nodes = traces.GetProperty("nodes").EnumerateArray().ToArray();
        Assert.Contains(nodes, t => t.GetProperty("status").GetString() == "ERROR");
        Assert.Contains(nodes, t => t.GetProperty("spanCount").GetInt32() >= 4);
        Assert.All(nodes.Where(t => t.GetProperty("status").GetString() != "ERROR"), t => Assert.Equal(JsonValueKind.String, t.GetProperty("costUsd").ValueKind));
        Assert.Contains(nodes, t => t.GetProperty("promptVersions").EnumerateArray().Any(v => v.GetProperty("number").GetInt32() == 2));
        Assert.Superset(Kinds.ToHashSet(), project.GetProperty("facets").EnumerateArray().Select(f => f.GetProperty("value").GetString()!).ToHashSet());
        var generations = project.GetProperty("stats")[0];
        Assert.True(generations.GetProperty("spans").GetInt64() >= 180);
        Assert.True(generations.GetProperty("durationMs").GetProperty("p95").GetDouble() > 250);
    }

    private static readonly string[] Kinds = ["GENERATION", "TOOL", "AGENT", "CHAIN", "EMBEDDING", "RETRIEVER"];

    private const string Query = """
        query($id: ID!) { project(id: $id) {
          traces(first: 100) { totalCount nodes { name status spanCount costUsd models promptVersions { number } root { name kind } } }
          facets(field: KIND, range: { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }) { value count }
          stats(range: { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }, where: { kinds: [GENERATION] }) { spans traces errors costUsd durationMs { p50 p95 } tokens { input output } }
        } }
        """;
}
