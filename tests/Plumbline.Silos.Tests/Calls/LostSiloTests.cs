using System.Collections.Concurrent;
using System.Net;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Traces.Grains;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Calls;

/// <summary>What clients are told while a silo cannot be reached and nobody has taken it for dead yet: to come again.</summary>
public sealed class LostSiloTests
{
    private readonly Attempts _attempts = new();

    [Fact]
    public async Task Telemetry_WhoseShardIsLost_IsTriedTwice_AndComesAgain()
    {
        await using var cluster = await Cluster.StartAsync(silos: 1, lastingDirectory: true, Configure);
        await using var edge = await Edge.StartAsync(cluster, cluster.Silos[0]);
        using var script = edge.Script();
        var projectId = await ProjectAsync(script);
        var project = NodeId.ParseProject(projectId);
        Assert.True(await TraceSender.TrySendAsync(script, TraceSender.NewTraceId())); // what else it takes to store a trace is opened here, and stays
        var lost = await cluster.JoinAsync();
        await OpenAsync(edge.Grains, edge.Grains.GetGrain<ITraceShardGrain>(project.Child("0")), lost.SiloAddress, project);
        Assert.True(await TraceSender.TrySendAsync(script, TraceSender.NewTraceId()));

        Cluster.CutOff(lost);
        _attempts.Clear();
        using var answer = await script.PostAsync(
            "/v1/traces", TraceSender.Body(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId())));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(2, _attempts.Of(nameof(ITraceShardGrain.AppendAsync)));
        var (status, _, _) = await GrpcExport.SendAsync(
            edge.GrpcPort, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId()), Edge.ApiKey);
        Assert.Equal("14", status);
        Assert.Equal(
            "UNAVAILABLE",
            await script.ErrorCodeAsync("query($id: ID!) { project(id: $id) { traces(first: 1) { nodes { id } } } }", new { id = projectId }));
    }

    // Nobody is taken for dead: the moment before that lasts for the whole test.
    private void Configure(ISiloBuilder silo) =>
        silo.AddOutgoingGrainCallFilter(_attempts).Configure<ClusterMembershipOptions>(membership => membership.LivenessEnabled = false);

    private static async Task<string> ProjectAsync(ServerClient script)
    {
        var organizations = (await script.QueryAsync("{ viewer { organizations { projects { id } } } }")).At("viewer.organizations");
        return organizations[0].Text("projects[0].id");
    }

    // A silo that has just joined is not at once one to place grains on.
    private static async Task OpenAsync(IGrainFactory grains, ITraceShardGrain shard, SiloAddress on, ProjectKey project)
    {
        using var scope = CallScope.For(project.ToString());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var management = grains.GetGrain<IManagementGrain>(0);
        while (true)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, on);
            await shard.GetTraceAsync(TraceSender.NewTraceId(), default);
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
            if (await management.GetActivationAddress(shard) is { } found && found.Equals(on)) return;
            await shard.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>Counts what goes out, each repetition too.</summary>
    private sealed class Attempts : IOutgoingGrainCallFilter
    {
        private readonly ConcurrentDictionary<string, int> _sent = new();

        public int Of(string method) => _sent.GetValueOrDefault(method);

        public void Clear() => _sent.Clear();

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            _sent.AddOrUpdate(context.MethodName, 1, (_, count) => count + 1);
            return context.Invoke();
        }
    }
}
