using System.Net;
using System.Net.Http.Json;
using Plumbline.Contracts;
using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>What is done at one node holds at the other from the next request on.</summary>
[Collection(nameof(TwoNodes))]
public sealed class CrossNodeTests(TwoNodes nodes)
{
    [Fact]
    public async Task AProject_MadeAtA_IsReadAtB()
    {
        var made = await nodes.OwnerAtA.QueryAsync(
            "mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }",
            new { input = new { organizationId = nodes.OrganizationId, name = "Made at A" } });
        var id = made.GetProperty("createProject").GetProperty("project").GetProperty("id").GetString();
        var read = await nodes.OwnerAtB.QueryAsync("query($id: ID!) { project(id: $id) { name } }", new { id });
        Assert.Equal("Made at A", read.GetProperty("project").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Spans_SentToOne_AreReadAtTheOther()
    {
        var (toA, toB) = (TraceSender.NewTraceId(), TraceSender.NewTraceId());
        Assert.True(await TraceSender.TrySendAsync(nodes.ScriptAtA, toA));
        Assert.Contains(toA, (await TraceSender.ListAsync(nodes.ScriptAtB)).Keys);
        var spans = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), toB);
        var (status, _, _) = await GrpcExport.SendAsync(nodes.Cluster.Nodes[1].OtlpGrpcPort, spans, NodeCluster.ApiKey);
        Assert.Equal("0", status);
        Assert.Contains(toB, (await TraceSender.ListAsync(nodes.ScriptAtA)).Keys);
    }

    [Fact]
    public async Task AKey_RevokedAtA_IsRefusedAtB()
    {
        var created = (await nodes.OwnerAtA.QueryAsync(
            "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }",
            new { input = new { projectId = nodes.ProjectId, name = "Key", scopes = new[] { "INGEST", "READ" } } })).GetProperty("createApiKey");
        var key = created.GetProperty("secret").GetString()!;
        using var atB = ServerClient.Script(nodes.Cluster.Nodes[1], key);
        Assert.True(await TraceSender.TrySendAsync(atB, TraceSender.NewTraceId()));
        await nodes.OwnerAtA.QueryAsync(
            "mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }",
            new { id = created.GetProperty("apiKey").GetProperty("id").GetString() });
        using var refused = await atB.PostAsync(
            "/v1/traces", TraceSender.Body(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId())));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("UNAUTHENTICATED", await atB.ErrorCodeAsync("{ viewer { organizations { id } } }"));
    }

    [Fact]
    public async Task ARole_ChangedAtA_HoldsAtB()
    {
        const string makeDataset = "mutation($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } } }";
        var (_, atB) = await nodes.JoinAsync("dev@example.com", "DEVELOPER");
        await atB.QueryAsync(makeDataset, new { input = new { projectId = nodes.ProjectId, name = "As a developer" } });
        await nodes.OwnerAtA.QueryAsync(
            "mutation($input: SetMemberRoleInput!) { setMemberRole(input: $input) { __typename } }",
            new { input = new { organizationId = nodes.OrganizationId, userId = await MeAsync(atB), role = "VIEWER" } });
        Assert.Equal("FORBIDDEN", await atB.ErrorCodeAsync(makeDataset, new { input = new { projectId = nodes.ProjectId, name = "As a viewer" } }));
    }

    [Fact]
    public async Task ASession_EndedAtA_IsOverAtB()
    {
        var (atA, atB) = await nodes.JoinAsync("leaves@example.com", "VIEWER");
        await MeAsync(atB);
        await nodes.OwnerAtA.QueryAsync(
            "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }",
            new { input = new { organizationId = nodes.OrganizationId, userId = await MeAsync(atA) } });
        Assert.Equal("NOT_FOUND", await atB.ErrorCodeAsync("query($id: ID!) { project(id: $id) { name } }", new { id = nodes.ProjectId }));
    }

    [Fact]
    public async Task Blinding_ThatBeginsAtA_HidesAtB()
    {
        var (atA, atB) = await nodes.JoinAsync("sme@example.com", "SME");
        var trace = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(nodes.ScriptAtB, trace));
        var traceId = NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(nodes.ProjectId), trace);
        var queue = await nodes.OwnerAtB.QueryAsync(
            "mutation($input: CreateReviewQueueInput!) { createReviewQueue(input: $input) { queue { id } } }",
            new { input = new { projectId = nodes.ProjectId, name = "Honest", instructions = "Right?", reviewsPerItem = 1 } });
        var queueId = queue.GetProperty("createReviewQueue").GetProperty("queue").GetProperty("id").GetString();
        await nodes.OwnerAtB.QueryAsync(
            "mutation($input: AddToReviewQueueInput!) { addToReviewQueue(input: $input) { added } }",
            new { input = new { queueId, traceIds = new[] { traceId } } });
        const string open = "query($id: ID!) { node(id: $id) { ... on Trace { models } } }";
        await atB.QueryAsync(open, new { id = traceId });
        await atA.QueryAsync("mutation($id: ID!) { joinReviewQueue(input: { queueId: $id }) { queue { id } } }", new { id = queueId });
        Assert.Equal("BLINDED", await atB.ErrorCodeAsync(open, new { id = traceId }));
    }

    /// <summary>Sealed by the keys that both have.</summary>
    [Fact]
    public async Task AProvidersSecret_SavedAtA_IsUsedFromEither()
    {
        await using var provider = await FakeProvider.StartAsync();
        var id = await AddProviderAsync(provider, "Sealed");
        foreach (var owner in new[] { nodes.OwnerAtA, nodes.OwnerAtB })
        {
            await RunAsync(owner, id);
            Assert.Equal("Bearer sk-verysecretkey", provider.LastAuthorization);
        }
        Assert.Equal(2, provider.Calls);
    }

    [Fact]
    public async Task Runs_AtBothNodes_AreCountedTogether()
    {
        const int most = 20;
        await using var provider = await FakeProvider.StartAsync();
        var id = await AddProviderAsync(provider, "Slow");
        for (var i = 0; i < most; i++) await StartAsync(i % 2 == 0 ? nodes.OwnerAtA : nodes.OwnerAtB, id, "waiting");
        foreach (var owner in new[] { nodes.OwnerAtA, nodes.OwnerAtB })
            Assert.Contains("RATE_LIMITED", await owner.QueryTextAsync(StartRun, Run(id, "waiting")), StringComparison.Ordinal);
        provider.Go();
    }

    private async Task<string> AddProviderAsync(FakeProvider provider, string name)
    {
        var saved = await nodes.OwnerAtA.QueryAsync(
            "mutation($input: SaveModelProviderInput!) { saveModelProvider(input: $input) { provider { id } } }",
            new
            {
                input = new
                {
                    projectId = nodes.ProjectId,
                    name,
                    kind = "OPENAI_COMPATIBLE",
                    baseUrl = provider.BaseUrl,
                    apiKey = "sk-verysecretkey",
                    models = new[] { "echo" },
                },
            });
        return saved.GetProperty("saveModelProvider").GetProperty("provider").GetProperty("id").GetString()!;
    }

    private const string StartRun = "mutation($input: StartPlaygroundRunInput!) { startPlaygroundRun(input: $input) { run { id } } }";

    private object Run(string providerId, string model) => new
    {
        input = new
        {
            projectId = nodes.ProjectId,
            promptName = "sealed",
            content = new { messages = new[] { new { role = "USER", template = "Hello" } }, model },
            inputs = new { },
            providerId,
        },
    };

    private async Task<string> StartAsync(ServerClient person, string providerId, string model) =>
        (await person.QueryAsync(StartRun, Run(providerId, model))).GetProperty("startPlaygroundRun").GetProperty("run").GetProperty("id").GetString()!;

    private async Task RunAsync(ServerClient person, string providerId)
    {
        var id = await StartAsync(person, providerId, "echo");
        using var live = await person.ListenAsync(JsonContent.Create(new
        {
            query = "subscription($id: ID!) { playgroundRun(id: $id) { __typename } }",
            variables = new { id },
        }));
        Assert.Contains("PlaygroundFinished", await live.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> MeAsync(ServerClient person) =>
        (await person.QueryAsync("{ viewer { user { id } } }")).GetProperty("viewer").GetProperty("user").GetProperty("id").GetString()!;
}
