using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Api;

/// <summary>Nested lists ask grains together: how often does not grow with how many items are shown, only with how many different things
/// they lead to.</summary>
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
        AskedAlike(callsForFew, callsForMany, VersionCalls, "IDatasetGrain.GetAsync");
        Assert.InRange(callsForMany.GetValueOrDefault("IDatasetGrain.GetAsync"), 0, 3);
        Assert.Equal(1, callsForMany["ITraceShardGrain.GetTracesAsync"]);
    }

    [Fact]
    public async Task ReviewItems_WithSpansAndReviewers_AskTogether()
    {
        var (few, callsForFew) = await AskAsync(Reviews, 2);
        var (many, callsForMany) = await AskAsync(Reviews, 50);
        Assert.True(Count(many, "span") > Count(few, "span") + 3, "The sample's queue has items.");
        Assert.Equal(1, callsForMany["ITraceShardGrain.GetTracesAsync"]);
        Assert.InRange(callsForMany.GetValueOrDefault("IUserGrain.FindAsync"), 0, Different(many, "reviewer") + 2);
        AskedAlike(callsForFew, callsForMany, "IPromptGrain.FindVersionAsync", "IUserGrain.FindAsync");
    }

    [Fact]
    public async Task Traces_WithCommentsAndCountsOfTheirDatasets_AskTogether()
    {
        const string Query = """
            query($id: ID!, $first: Int!) { project(id: $id) { traces(first: $first) { nodes { id comments { body author { name } } datasets { itemCount } } } } }
            """;
        var traces = All(
            await server.OwnerAsync("query($id: ID!) { project(id: $id) { traces(first: 40) { nodes { id } } } }", new { id = server.ProjectId }),
            "id").Select(i => i.GetString()).ToArray();
        foreach (var trace in new[] { traces[1], traces[30] })
            await server.OwnerAsync(
                "mutation($projectId: ID!, $traceId: ID!) { addComment(input: {projectId: $projectId, traceId: $traceId, body: \"Look here.\"}) { "
                    + "__typename } }",
                new { projectId = server.ProjectId, traceId = trace });
        var (few, callsForFew) = await OwnerAsync(Query, 3);
        var (many, callsForMany) = await OwnerAsync(Query, 40);
        Assert.True(Count(many, "body") > Count(few, "body"), "A trace further down has a comment.");
        const string Lists = "ITraceCommentsGrain.ListAsync";
        // Each trace that has comments, and none that has not.
        Assert.Equal(All(many, "comments").Count(c => c.GetArrayLength() > 0), callsForMany[Lists]);
        string[] ofDatasets = ["IDatasetGrain.GetAsync", "IDatasetGrain.CountItemsAsync"];
        // What the owner is blinded to is found out once for each kind of thing that is shown; the first traces are in no dataset.
        Assert.All(
            callsForMany.Where(c => c.Key != Lists && !ofDatasets.Contains(c.Key)),
            c => Assert.InRange(c.Value, 1, callsForFew.GetValueOrDefault(c.Key) + 2));
        Assert.All(ofDatasets, method => Assert.InRange(callsForMany.GetValueOrDefault(method), 0, 3));
    }

    [Fact]
    public async Task Sessions_WithTheirTraces_AskTogether()
    {
        const string Query =
            "query($id: ID!, $first: Int!) { project(id: $id) { sessions(first: $first) { nodes { sessionId traceCount traces { traceId session: "
                + "name } } } } }";
        var (few, callsForFew) = await AskAsync(Query, 2);
        var (many, callsForMany) = await AskAsync(Query, 25);
        Assert.Equal(2, Count(few, "sessionId"));
        Assert.True(Count(many, "sessionId") > 10, "The sample has sessions.");
        Assert.All(
            All(many, "nodes").Single().EnumerateArray(),
            s => Assert.Equal(s.GetProperty("traceCount").GetInt32(), s.GetProperty("traces").GetArrayLength()));
        AskedAlike(callsForFew, callsForMany);
        Assert.Equal(1, callsForMany["ITraceShardGrain.TracesAsync"]);
    }

    [Fact]
    public async Task Prompts_WithTheirLatestVersions_AskForEachVersionOnce()
    {
        const string Query =
            "query($id: ID!) { project(id: $id) { prompts(first: 50) { nodes { name latest { id number } again: latest { number } version(number: "
                + "1) { id } labels { version { id } } } } } }";
        var (answer, calls) = await server.Calls.DuringAsync(() => server.ScriptAsync(Query, new { id = server.ProjectId }));
        var versions = new[] { "latest", "version" }.SelectMany(f => All(answer, f)).Select(v => v.Text("id")).Distinct().Count();
        Assert.True(versions > 2, "The sample has prompts.");
        Assert.Equal(versions, calls["IPromptGrain.FindVersionAsync"]);
    }

    /// <summary>On the hot path nobody is asked for the person behind a key: it is revoked when that person may bring nothing in any more.</summary>
    [Fact]
    public async Task Telemetry_WithAKeyThatOnlySends_AsksForNoPerson()
    {
        const string Members = "IOrganizationGrain.FindMemberAsync";
        using var sender = await server.KeyAsync("INGEST");
        using var reader = await server.KeyAsync("READ");
        await server.Calls.DuringAsync(() => SendAsync(sender));
        var (status, calls) = await server.Calls.DuringAsync(() => SendAsync(sender));
        Assert.Equal(200, status);
        Assert.Equal(["IApiKeyGrain.UseAsync 1"], Of(calls, "IApiKeyGrain.", "IOrganizationGrain.", "IProjectGrain.Find"));
        // The same count finds it where a person is asked for.
        var (_, asking) = await server.Calls.DuringAsync(
            () => InProcessServer.AskAsync(reader, "query($id: ID!) { project(id: $id) { name } }", new { id = server.ProjectId }));
        Assert.True(asking[Members] > 0);
    }

    private static async Task<int> SendAsync(HttpClient sender)
    {
        var span = new
        {
            traceId = $"{Guid.NewGuid():n}",
            spanId = "00f067aa0ba902b7",
            name = "chat",
            startTimeUnixNano = "1790000000000000000",
            endTimeUnixNano = "1790000000001000000",
        };
        using var answer = await sender.PostAsJsonAsync(
            "/v1/traces", new { resourceSpans = new[] { new { scopeSpans = new[] { new { spans = new[] { span } } } } } });
        return (int)answer.StatusCode;
    }

    private static IEnumerable<string> Of(IReadOnlyDictionary<string, int> calls, params string[] prefixes) =>
        calls.Where(c => prefixes.Any(p => c.Key.StartsWith(p, StringComparison.Ordinal))).Select(c => $"{c.Key} {c.Value}").Order();

    private Task<(JsonElement Answer, IReadOnlyDictionary<string, int> Calls)> OwnerAsync(string query, int first) =>
        server.Calls.DuringAsync(() => server.OwnerAsync(query, new { id = server.ProjectId, first }));

    private Task<(JsonElement Answer, IReadOnlyDictionary<string, int> Calls)> AskAsync(string query, int first) =>
        server.Calls.DuringAsync(() => server.DeveloperAsync(query, new { id = server.ProjectId, first }));

    // The same grains for many items as for few, and as often: fields that end at different times may ask in two parts what they could in one.
    private static void AskedAlike(IReadOnlyDictionary<string, int> few, IReadOnlyDictionary<string, int> many, params string[] methods)
    {
        Assert.Equal(few.Keys.Except(methods).Order(StringComparer.Ordinal), many.Keys.Except(methods).Order(StringComparer.Ordinal));
        Assert.All(many.Where(c => !methods.Contains(c.Key)), c => Assert.InRange(c.Value, 1, few[c.Key] + 2));
    }

    private static int Count(JsonElement answer, string field) => All(answer, field).Count();

    private static int Different(JsonElement answer, string field) => All(answer, field).Select(v => v.GetRawText()).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What stands under a field anywhere in the answer, nulls left out.</summary>
    private static IEnumerable<JsonElement> All(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => All(v, field)),
        JsonValueKind.Object =>
            value.EnumerateObject().SelectMany(p => p.Name == field
                && p.Value.ValueKind != JsonValueKind.Null ? All(p.Value, field).Prepend(p.Value) : All(p.Value, field)),
        _ => [],
    };
}
