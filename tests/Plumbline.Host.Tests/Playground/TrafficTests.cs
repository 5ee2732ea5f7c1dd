using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Playground;

/// <summary>Runs of the playground are trials: what a feature costs and how well it does is told without them.</summary>
public sealed class TrafficTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string Range =
        $"range: {{ from: \"{TimeProvider.System.GetUtcNow().AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}\", to: "
            + $"\"{TimeProvider.System.GetUtcNow().AddDays(1):yyyy-MM-ddTHH:mm:ssZ}\" }}";

    [Theory]
    [InlineData("", 0)]
    [InlineData(", includePlayground: true", 1)]
    [InlineData(", where: { environment: { eq: \"plumbline.playground\" } }", 1)]
    [InlineData(", where: { environment: { notIn: [\"production\"] } }", 1)]
    [InlineData(", where: { name: { contains: \"chat\" } }", 0)]
    public async Task StatsOfAProject_CountRunsOnlyWhenAsked(string more, int runs)
    {
        await RunAsync();
        var stats = await OfProjectAsync($"stats({Range}{more}) {{ spans }}", "stats");
        Assert.Equal(runs, stats.EnumerateArray().Sum(row => row.GetProperty("spans").GetInt32()));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("(includePlayground: true)", 1)]
    public async Task StatsOfAVersion_CountRunsOnlyWhenAsked(string more, int runs)
    {
        await RunAsync();
        var prompt = await OfProjectAsync($"prompt(name: \"tried\") {{ version(number: 1) {{ stats{more} {{ spans }} }} }}", "prompt");
        Assert.Equal(runs, prompt.At("version.stats.spans").GetInt32());
    }

    private async Task<JsonElement> OfProjectAsync(string selection, string field) =>
        (await server.Owner.QueryAsync($"{{ project(id: \"{server.ProjectId}\") {{ {selection} }} }}")).GetProperty("project").GetProperty(field);

    /// <summary>Runs the prompt once, however often it is asked for, and waits until its trace is there.</summary>
    private async Task RunAsync()
    {
        var providers = await OfProjectAsync("providers { id kind }", "providers");
        var demo = providers.EnumerateArray().First(p => p.GetProperty("kind").GetString() == "DEMO").Text("id");
        var input = new
        {
            projectId = server.ProjectId,
            promptName = "tried",
            content = new { messages = new[] { new { role = "USER", template = "Hello." } } },
            inputs = new { },
            providerId = demo,
            model = "demo-echo",
            requestId = "0123456789abcdef",
        };
        var started = await server.Owner.DoAsync("startPlaygroundRun", input, "run { id }");
        var id = started.Text("run.id");
        using var finished = await server.Owner.ListenAsync(JsonContent.Create(new
        {
            query = "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundFinished { run { trace { id } } } } }",
            variables = new { id },
        }));
        Assert.Contains("\"trace\":{", await finished.Content.ReadAsStringAsync());
    }
}
