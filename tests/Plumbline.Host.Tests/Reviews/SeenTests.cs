using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Reviews;

/// <summary>A review says in which way its author had seen the output before, whatever door they came through.</summary>
public sealed class SeenTests(SeenTests.SeenServer server) : IClassFixture<SeenTests.SeenServer>
{
    public static TheoryData<string, string?> Doors => new()
    {
        { "project(id: $p) { traces(first: 100) { nodes { id name durationMs status models } } }", null },
        { "project(id: $p) { traces(first: 100) { nodes { outputPreview } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100) { nodes { inputPreview } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100) { nodes { spans { name } } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100) { nodes { root { name } } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100) { nodes { comments { body } } } }", "LISTED" },
        { "project(id: $p) { spans(first: 100) { nodes { name } } }", null },
        { "project(id: $p) { spans(first: 100) { nodes { output } } }", "LISTED" },
        { "project(id: $p) { spans(first: 100) { nodes { input } } }", "LISTED" },
        { "project(id: $p) { spans(first: 100) { nodes { inputMessages { role } } } }", "LISTED" },
        { "project(id: $p) { spans(first: 100) { nodes { outputMessages { role } } } }", "LISTED" },
        { "project(id: $p) { spans(first: 100) { nodes { attributes } } }", "LISTED" },
        { "project(id: $p) { sessions(first: 100) { nodes { traces { name } } } }", "OPENED" },
        { "project(id: $p) { trace(id: $t) { name } }", "OPENED" },
        { "node(id: $t) { id }", "OPENED" },
        { "node(id: $s) { id }", "OPENED" },
        { "project(id: $p) { dataset(id: $d) { items(first: 100) { nodes { output } } } }", "OPENED" },
        { "project(id: $p) { dataset(id: $d) { items(first: 100) { nodes { id } } } }", null },
        { "project(id: $p) { reviewQueue(id: $q) { items(first: 100) { nodes { reviews { label } } } } }", "OPENED" },
        { "project(id: $p) { reviewQueue(id: $q) { items(first: 100) { nodes { span { name } } } } }", "OPENED" },
        { "project(id: $p) { reviewQueue(id: $q) { items(first: 100) { nodes { id state } } } }", null },
        { "project(id: $p) { traces(first: 100) { nodes { verdict { label } } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100, where: { verdict: PASS }) { nodes { id } } }", "LISTED" },
        { "project(id: $p) { traces(first: 100, where: { not: { verdict: FAIL } }) { nodes { id } } }", "LISTED" },
        { "project(id: $p) { traces(first: 1, where: { verdict: PASS, traceIds: [\"TRACE\"] }) { totalCount } }", "LISTED" },
        { "project(id: $p) { traces(first: 1, where: { verdict: PASS, sessionId: { eq: \"TRACE\" } }) { totalCount } }", "LISTED" },
        { "project(id: $p) { traces(first: 1, where: { verdict: FAIL, sessionId: { eq: \"TRACE\" } }) { totalCount } }", "LISTED" },
        { "project(id: $p) { sessions(first: 1, where: { verdict: FAIL, search: \"On its way\" }) { nodes { traceCount } } }", "LISTED" },
        { "project(id: $p) { traces(first: 1, where: { inDataset: \"DATASET\", sessionId: { eq: \"TRACE\" } }) { totalCount } }", "LISTED" },
        { "project(id: $p) { sessions(first: 1, where: { verdict: PASS, traceIds: [\"TRACE\"] }) { nodes { traceCount } } }", "LISTED" },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Review_SaysHowTheOutputHadBeenSeen(string door, string? expected)
    {
        var dev = await server.ViewerAsync();
        await AssertSeenAsync(dev, dev, door, expected);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Review_SaysHowTheOutputHadBeenSeen_ThroughOnesOwnKey(string door, string? expected)
    {
        var (admin, key) = await server.KeyHolderAsync();
        await AssertSeenAsync(admin, key, door, expected);
    }

    private async Task AssertSeenAsync(ServerClient person, ServerClient reader, string door, string? expected)
    {
        var spanId = await NewSpanAsync();
        var span = (await server.Owner.QueryAsync("query($s: ID!) { node(id: $s) { ... on Span { traceId } } }", new { s = spanId })).GetProperty("node");
        var traceId = await TraceIdAsync(span.Text("traceId"));
        await server.Owner.DoAsync("addComment", new { projectId = server.ProjectId, traceId, body = "Wrong." }, "comment { id }");
        var other = await ReviewedByOwnerAsync(spanId);
        var dataset = await DatasetAsync(spanId);
        var variables = new Dictionary<string, string> { ["p"] = server.ProjectId, ["t"] = traceId, ["s"] = spanId, ["d"] = dataset, ["q"] = other };
        var used = variables.Where(v => door.Contains($"${v.Key})", StringComparison.Ordinal)).ToDictionary();
        var document = $"query({string.Join(", ", used.Keys.Select(k => $"${k}: ID!"))}) {{ {door} }}";
        document = document.Replace("TRACE", span.Text("traceId"), StringComparison.Ordinal);
        await reader.QueryAsync(document.Replace("DATASET", dataset, StringComparison.Ordinal), used);
        Assert.Equal(expected, await SeenAsync(person, spanId));
    }

    [Fact]
    public async Task Review_OfTheRunOneStartedOneself_SaysSo()
    {
        using var dev = await server.JoinAsync("starter@example.com", "DEVELOPER");
        var providers = (await dev.QueryAsync("query($p: ID!) { project(id: $p) { providers { id kind } } }", new { p = server.ProjectId }))
            .At("project.providers").EnumerateArray();
        var started = await dev.DoAsync(
            "startPlaygroundRun",
            new
            {
                projectId = server.ProjectId,
                promptName = "started",
                content = new { messages = new[] { new { role = "USER", template = "Hello" } }, model = "demo-echo" },
                inputs = new { },
                providerId = providers.Single(p => p.GetProperty("kind").GetString() == "DEMO").Text("id"),
            },
            "run { id }");
        var id = started.Text("run.id");
        using var live = await server.Owner.ListenAsync(JsonContent.Create(new
        {
            query = "subscription($id: ID!) { playgroundRun(id: $id) { __typename } }",
            variables = new { id },
        }));
        Assert.Contains("PlaygroundFinished", await live.Content.ReadAsStringAsync());
        var run = await server.Owner.QueryAsync("query($id: ID!) { node(id: $id) { ... on PlaygroundRun { trace { root { id } } } } }", new { id });
        var spanId = run.Text("node.trace.root.id");
        Assert.Equal("OPENED", await SeenAsync(dev, spanId));
    }

    /// <summary>Gives the span to the person in a queue, has them judge it, and asks what the review says.</summary>
    private async Task<string?> SeenAsync(ServerClient person, string spanId)
    {
        var me = await person.MeAsync();
        var queueId = await QueueAsync(me);
        await AddAsync(queueId, spanId);
        var review = await JudgeAsync(person, queueId);
        Assert.Equal(review.GetProperty("seen").ValueKind != JsonValueKind.Null, review.GetProperty("seenBefore").GetBoolean());
        return review.GetProperty("seen").GetString();
    }

    private static async Task<JsonElement> JudgeAsync(ServerClient person, string queueId)
    {
        var claimed = await person.DoAsync("claimNextReview", new { queueId }, "assignment { id }");
        var submitted = await person.DoAsync(
            "submitReview",
            new { assignmentId = claimed.Text("assignment.id"), label = "PASS" },
            "review { id seen seenBefore }");
        return submitted.GetProperty("review");
    }

    /// <summary>Another queue, in which the owner has judged the span for good.</summary>
    private async Task<string> ReviewedByOwnerAsync(string spanId)
    {
        var me = await server.Owner.MeAsync();
        var queueId = await QueueAsync(me);
        await AddAsync(queueId, spanId);
        var review = await JudgeAsync(server.Owner, queueId);
        await server.Owner.DoAsync("finishReview", new { id = review.Text("id") }, "review { id }");
        return queueId;
    }

    private async Task<string> DatasetAsync(string spanId)
    {
        var created = await server.Owner.DoAsync("createDataset", new { projectId = server.ProjectId, name = TraceSender.NewTraceId() }, "dataset { id }");
        var datasetId = created.Text("dataset.id");
        await server.Owner.DoAsync("addToDataset", new { datasetId, spanIds = new[] { spanId } }, "added");
        return datasetId;
    }

    private async Task<string> QueueAsync(string reviewerId)
    {
        var created = await server.Owner.DoAsync(
            "createReviewQueue",
            new { projectId = server.ProjectId, name = "Seen", instructions = "Right?", reviewsPerItem = 1, reviewerIds = new[] { reviewerId } },
            "queue { id }");
        return created.Text("queue.id");
    }

    private Task AddAsync(string queueId, string spanId) => server.Owner.DoAsync("addToReviewQueue", new { queueId, spanIds = new[] { spanId } }, "added");

    private async Task<string> TraceIdAsync(string traceId)
    {
        var page = await server.Owner.QueryAsync(
            "query($p: ID!) { project(id: $p) { traces(first: 100) { nodes { id traceId } } } }", new { p = server.ProjectId });
        return page.At("project.traces.nodes").EnumerateArray()
            .Single(t => t.GetProperty("traceId").GetString() == traceId).Text("id");
    }

    private async Task<string> NewSpanAsync()
    {
        var traceId = TraceSender.NewTraceId();
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        object Text(string key, string value) => new { key, value = new { stringValue = value } };
        var span = new
        {
            traceId,
            spanId = traceId[..16],
            name = "chat",
            kind = 3,
            startTimeUnixNano = $"{now}",
            endTimeUnixNano = $"{now + 900_000_000}",
            attributes = new[]
            {
                Text("gen_ai.operation.name", "chat"), Text("gen_ai.conversation.id", traceId),
                Text("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Where is my refund?"}]}]"""),
                Text("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"On its way."}]}]"""),
            },
        };
        using var answer = await server.Script.PostAsync(
            "/v1/traces", new { resourceSpans = new[] { new { resource = new { }, scopeSpans = new[] { new { spans = new[] { span } } } } } });
        answer.EnsureSuccessStatusCode();
        var spans = await server.Owner.QueryAsync(
            "query($p: ID!) { project(id: $p) { spans(first: 100) { nodes { id traceId } } } }", new { p = server.ProjectId });
        return spans.At("project.spans.nodes").EnumerateArray()
            .Single(s => s.GetProperty("traceId").GetString() == traceId).Text("id");
    }

    /// <summary>A server, and a developer who looks through one door after the other, each time at something new.</summary>
    public sealed class SeenServer : IAsyncLifetime
    {
        private readonly RunningServer _server = new();
        private ServerClient? _viewer;
        private ServerClient? _admin;
        private ServerClient? _key;

        public ServerClient Owner => _server.Owner;

        public ServerClient Script => _server.Script;

        public string ProjectId => _server.ProjectId;

        public ValueTask InitializeAsync() => _server.InitializeAsync();

        public async ValueTask DisposeAsync()
        {
            _viewer?.Dispose();
            _admin?.Dispose();
            _key?.Dispose();
            await _server.DisposeAsync();
        }

        public Task<ServerClient> JoinAsync(string email, string role) => _server.JoinAsync(email, role);

        public async Task<ServerClient> ViewerAsync() => _viewer ??= await JoinAsync("viewer@example.com", "DEVELOPER");

        /// <summary>A person and a key that they made.</summary>
        public async Task<(ServerClient Person, ServerClient Key)> KeyHolderAsync()
        {
            _admin ??= await JoinAsync("holder@example.com", "ADMIN");
            if (_key is not null) return (_admin, _key);
            var made = await _admin.DoAsync(
                "createApiKey", new { projectId = ProjectId, name = "Own", scopes = new[] { "READ", "READ_REVIEWS", "WRITE" } }, "secret");
            _key = ServerClient.Script(_server.Process, made.Text("secret"));
            return (_admin, _key);
        }
    }
}
