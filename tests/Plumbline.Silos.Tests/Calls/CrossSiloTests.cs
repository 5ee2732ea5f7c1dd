using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Features.Grains;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Silos.Tests.Kills;
using Plumbline.Silos.Tests.Streams;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Silos.Tests.Calls;

/// <summary>Every slice of the product with each grain on another silo than whoever calls it: all messages are written and read, and say
/// the same as in one process.</summary>
public sealed class CrossSiloTests : IAsyncLifetime
{
    private Cluster _cluster = null!;
    private Edge _edge = null!;
    private Workplace _place = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.StartAsync(configure: silo => silo.AddOutgoingGrainCallFilter<Elsewhere>());
        _edge = await Edge.StartAsync(_cluster, _cluster.Silos[0]);
        _place = await Workplace.SetUpAsync(_edge);
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task EveryGrain_CalledFromAnotherSilo_AnswersAsInOneProcess()
    {
        await _place.AddWorkAsync(100);
        var (ledgers, tally) = (new Ledgers(), new Tally());
        using var load = new Load(_place, ledgers, tally);
        load.Start();
        await load.ProgressAsync(3);
        await load.StopAsync();
        await ledgers.CheckAsync(_place);
        Assert.Equal((0, 0), (tally.Of(Outcome.Unavailable), tally.Of(Outcome.Unknown)));

        await RunAPromptAsync();
        await ChangeSettingsAsync();
        await _place.Owner.DoAsync("loadSampleProject", new { id = _place.ProjectId }, "project { id }");
        await ReadAllAsync();
        await EraseAsync();
        await CountTogetherAsync();

        var opened = (await _edge.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Select(g => g.GrainType).ToHashSet();
        Assert.Equal([], Grains().Where(grain => !opened.Any(o => o.StartsWith(grain, StringComparison.Ordinal))));
    }

    private async Task RunAPromptAsync()
    {
        var providers = (await _place.Owner.QueryAsync(
            "query($id: ID!) { project(id: $id) { providers { id } } }", new { id = _place.ProjectId })).At("project.providers");
        var content = new
        {
            messages = new object[] { new { role = "USER", template = "Say {{q}}" } },
            variables = new object[] { new { name = "q", type = "STRING" } },
            model = "demo-echo",
        };
        var input = new
        {
            projectId = _place.ProjectId,
            promptName = "say-it",
            content,
            inputs = new { q = "yes" },
            providerId = providers[0].Text("id"),
        };
        var run = (await _place.Owner.DoAsync("startPlaygroundRun", input, "run { id }")).GetProperty("run");
        using var listener = await Listener.OpenAsync(
            _place.Owner,
            "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundFinished { run { status trace { spanCount } } } } }",
            new { id = run.Text("id") });
        var finished = (await listener.UntilAsync(told =>
            told.GetProperty("playgroundRun").TryGetProperty("run", out _))).At("playgroundRun.run");
        Assert.Equal(("SUCCEEDED", 1), (finished.GetProperty("status").GetString(), finished.At("trace.spanCount").GetInt32()));
    }

    private async Task CountTogetherAsync()
    {
        RateLimitPolicy[] policies = [new("requests", 40, TimeSpan.FromHours(1))];
        LeasedRateLimiter Server() => new(_edge.Services.GetRequiredService<ISharedQuotas>(), TimeProvider.System, 10);
        LeasedRateLimiter[] servers = [Server(), Server()];
        var admitted = 0;
        for (var i = 0; i < 100; i++)
            if ((await servers[i % 2].ChargeAsync("caller", policies, new long[] { 1 })).IsAdmitted) admitted++;
        Assert.Equal(40, admitted);
    }

    private async Task ChangeSettingsAsync()
    {
        var redaction = new object[] { new { name = "numbers", kind = "REGEX", pattern = "[0-9]{9}", action = "MASK" } };
        await _place.Owner.DoAsync("updateProjectSettings", new { projectId = _place.ProjectId, redaction }, "project { id }");
        var created = await _place.Owner.DoAsync(
            "createApiKey", new { projectId = _place.ProjectId, name = "Second", scopes = new[] { "INGEST" } }, "apiKey { id }");
        await _place.Owner.DoAsync("revokeApiKey", new { id = created.Text("apiKey.id") }, "apiKey { id }");
        var secret = TraceSender.NewTraceId();
        var spans = new[] { (secret, secret[..16], (string?)"My number is 123456789.") };
        Assert.True(await TraceSender.TrySendAsync(_place.Script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), spans)));
        var read = await _place.Owner.QueryTextAsync(
            "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { spans { input } } } }",
            new { p = _place.ProjectId, t = NodeOf(secret) });
        Assert.Contains("My number is", read, StringComparison.Ordinal);
        Assert.DoesNotContain("123456789", read, StringComparison.Ordinal);
    }

    private async Task ReadAllAsync()
    {
        var read = (await _place.Owner.QueryAsync(
            """
            query($id: ID!) {
              viewer { user { email } organizations { name members { nodes { role user { email } } } auditLog(first: 50) { nodes { action } } } reviewInbox { id } }
              project(id: $id) {
                apiKeys { name } traces(first: 50) { totalCount nodes { name models verdict { label } comments { body } } } spans(first: 50) { nodes { name } } sessions(first: 10) { nodes { traceCount } }
                prompts { nodes { name versions { nodes { number passRate { rate } } } } } reviewQueues { name progress { total } } datasets { name items { nodes { inputs } } }
              }
            }
            """, new { id = _place.ProjectId })).GetProperty("project");
        Assert.True(read.At("traces.totalCount").GetInt32() > 100);
        Assert.True(read.At("prompts.nodes").GetArrayLength() > 2);
        Assert.True(read.GetProperty("reviewQueues").GetArrayLength() > 1);
    }

    private async Task EraseAsync()
    {
        await _place.Owner.DoAsync("eraseData", new { projectId = _place.ProjectId, traceId = _place.TraceId }, "__typename");
        Assert.Equal(
            "NOT_FOUND",
            await _place.Owner.ErrorCodeAsync(
                "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { name } } }", new { p = _place.ProjectId, t = _place.TraceNode }));
    }

    private string NodeOf(string trace) => NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(_place.ProjectId), trace);

    private static IEnumerable<string> Grains() =>
        typeof(GrainsFeature).Assembly.GetTypes().Where(t => t.GetCustomAttribute<GrainTypeAttribute>() is not null).Select(t => t.FullName!);
}
