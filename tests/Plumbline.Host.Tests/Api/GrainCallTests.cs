using System.Text.Json;

namespace Plumbline.Host.Tests.Api;

/// <summary>Nested lists ask grains together: how often does not grow with how many items are shown, only with how many different things they lead to.</summary>
public sealed class GrainCallTests(CountedServer server) : IClassFixture<CountedServer>
{
    private const string Traces = """
        query($id: ID!, $first: Int!) { project(id: $id) { traces(first: $first) { nodes {
          name root { name } spans { name promptVersion { id number } } promptVersions { number } verdict { label } datasets { name }
        } } } }
        """;

    private const string Reviews = """
        query($id: ID!, $first: Int!) { project(id: $id) { reviewQueues { items(first: $first) { nodes { span { name model promptVersion { id } } reviews { label reviewer { name } } } } } } }
        """;

    [Fact]
    public async Task Traces_WithSpansPromptVersionsVerdictsAndDatasets_AskTogether()
    {
        var (few, callsForFew) = await AskAsync(Traces, 3);
        var (many, callsForMany) = await AskAsync(Traces, 40);
        Assert.Equal((3, 40), (Count(few, "root"), Count(many, "root")));
        Assert.True(Count(many, "promptVersion") > 20, "The sample's spans name prompt versions.");
        const string VersionCalls = "IPromptGrain.FindVersionAsync";
        Assert.Equal(Different(many, "promptVersion"), callsForMany[VersionCalls]);
        Assert.Equal(Different(few, "promptVersion"), callsForFew.GetValueOrDefault(VersionCalls));
        // The datasets that hold one of the traces are read once each.
        Assert.Equal(Without(callsForFew, VersionCalls, "IDatasetGrain.Get"), Without(callsForMany, VersionCalls, "IDatasetGrain.Get"));
        Assert.InRange(callsForMany.GetValueOrDefault("IDatasetGrain.Get"), 0, 3);
        Assert.Equal(1, callsForMany["ITraceShardGrain.GetTraces"]);
    }

    [Fact]
    public async Task ReviewItems_WithSpansAndReviewers_AskTogether()
    {
        var (few, callsForFew) = await AskAsync(Reviews, 2);
        var (many, callsForMany) = await AskAsync(Reviews, 50);
        Assert.True(Count(many, "span") > Count(few, "span") + 3, "The sample's queue has items.");
        Assert.Equal(1, callsForMany["ITraceShardGrain.GetTraces"]);
        Assert.InRange(callsForMany.GetValueOrDefault("IUserGrain.FindAsync"), 0, Different(many, "reviewer") + 2);
        Assert.Equal(Without(callsForFew, "IPromptGrain.FindVersionAsync", "IUserGrain.FindAsync"), Without(callsForMany, "IPromptGrain.FindVersionAsync", "IUserGrain.FindAsync"));
    }

    private Task<(JsonElement Answer, IReadOnlyDictionary<string, int> Calls)> AskAsync(string query, int first) =>
        server.Calls.DuringAsync(() => server.ScriptAsync(query, new { id = server.ProjectId, first }));

    private static string Without(IReadOnlyDictionary<string, int> calls, params string[] methods) =>
        string.Join('\n', calls.Where(c => !methods.Contains(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));

    private static int Count(JsonElement answer, string field) => All(answer, field).Count();

    private static int Different(JsonElement answer, string field) => All(answer, field).Select(v => v.GetRawText()).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What stands under a field anywhere in the answer, nulls left out.</summary>
    private static IEnumerable<JsonElement> All(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => All(v, field)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => p.Name == field && p.Value.ValueKind != JsonValueKind.Null ? All(p.Value, field).Prepend(p.Value) : All(p.Value, field)),
        _ => [],
    };
}
