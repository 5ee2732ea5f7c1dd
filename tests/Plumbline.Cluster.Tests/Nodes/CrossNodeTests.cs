using System.Net;
using System.Net.Http.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>What is done at one node holds at the other from the next request on.</summary>
[Collection(nameof(TwoNodes))]
public sealed class CrossNodeTests(TwoNodes nodes)
{
    [Fact]
    public async Task AProject_MadeAtA_IsReadAtB()
    {
        var made = await nodes.OwnerAtA.DoAsync("createProject", new { organizationId = nodes.OrganizationId, name = "Made at A" }, "project { id }");
        var id = made.Text("project.id");
        var read = await nodes.OwnerAtB.QueryAsync("query($id: ID!) { project(id: $id) { name } }", new { id });
        Assert.Equal("Made at A", read.Text("project.name"));
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
        var (keyId, key) = await new Project(nodes.OwnerAtA, nodes.ProjectId).KeyAsync("Key", "INGEST", "READ");
        using var atB = ServerClient.Script(nodes.Cluster.Nodes[1], key);
        Assert.True(await TraceSender.TrySendAsync(atB, TraceSender.NewTraceId()));
        await nodes.OwnerAtA.DoAsync("revokeApiKey", new { id = keyId });
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
        await nodes.OwnerAtA.DoAsync(
            "setMemberRole", new { organizationId = nodes.OrganizationId, userId = await atB.MeAsync(), role = "VIEWER" });
        Assert.Equal("FORBIDDEN", await atB.ErrorCodeAsync(makeDataset, new { input = new { projectId = nodes.ProjectId, name = "As a viewer" } }));
    }

    [Fact]
    public async Task ASession_EndedAtA_IsOverAtB()
    {
        var (atA, atB) = await nodes.JoinAsync("leaves@example.com", "VIEWER");
        await atB.MeAsync();
        await nodes.OwnerAtA.DoAsync("removeMember", new { organizationId = nodes.OrganizationId, userId = await atA.MeAsync() });
        Assert.Equal("NOT_FOUND", await atB.ErrorCodeAsync("query($id: ID!) { project(id: $id) { name } }", new { id = nodes.ProjectId }));
    }

    [Fact]
    public async Task Blinding_ThatBeginsAtA_HidesAtB()
    {
        var (atA, atB) = await nodes.JoinAsync("sme@example.com", "SME");
        var trace = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(nodes.ScriptAtB, trace));
        var traceId = NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(nodes.ProjectId), trace);
        var queue = await new Project(nodes.OwnerAtB, nodes.ProjectId).QueueAsync("Honest", reviewsPerItem: 1);
        await queue.AddTracesAsync(traceId);
        const string open = "query($id: ID!) { node(id: $id) { ... on Trace { models } } }";
        await atB.QueryAsync(open, new { id = traceId });
        await queue.JoinAsync(atA);
        Assert.Equal("BLINDED", await atB.ErrorCodeAsync(open, new { id = traceId }));
    }

    /// <summary>Sealed by the keys that both have.</summary>
    [Fact]
    public async Task AProvidersSecret_SavedAtA_IsUsedFromEither()
    {
        await using var provider = await FakeProvider.StartAsync();
        var id = await new Project(nodes.OwnerAtA, nodes.ProjectId).ProviderAsync("Fake", provider.BaseUrl, "sk-verysecretkey", "echo");
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
        var id = await new Project(nodes.OwnerAtA, nodes.ProjectId).ProviderAsync("Slow", provider.BaseUrl, "sk-verysecretkey", "waiting");
        for (var i = 0; i < most; i++) await StartAsync(i % 2 == 0 ? nodes.OwnerAtA : nodes.OwnerAtB, id, "waiting");
        foreach (var owner in new[] { nodes.OwnerAtA, nodes.OwnerAtB })
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(owner, id, "waiting"));
            Assert.Contains("RATE_LIMITED", refused.Message, StringComparison.Ordinal);
        }
        provider.Go();
    }

    private Task<string> StartAsync(ServerClient person, string providerId, string model) =>
        new Project(person, nodes.ProjectId).RunAsync("sealed", Content.Saying("Hello", model), new { }, providerId);

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
}
