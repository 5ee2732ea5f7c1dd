using System.Text.Json;
using Plumbline.Silos.Tests.Kills;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Silos.Tests.Streams;

/// <summary>Subscriptions at one server to grains on another go on when that one is killed: nothing is told twice that may not be, and
/// nothing is missed.</summary>
public sealed class ReopeningTests : IAsyncLifetime
{
    private readonly List<Edge> _edges = [];
    private Cluster _cluster = null!;
    private Workplace _there = null!;
    private Workplace _here = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.StartAsync(silos: 1);
        _edges.Add(await Edge.StartAsync(_cluster, _cluster.Silos[0]));
        _there = await Workplace.SetUpAsync(_edges[0]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges) await edge.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Traces_AreToldOn_AlsoThoseThatComeMeanwhile(bool inOrder)
    {
        await MoveAsync();
        using var listener = await Listener.OpenAsync(
            _here.Owner, "subscription($id: ID!) { traceUpdated(projectId: $id) { traceId } }", new { id = _here.ProjectId });
        await HearsAsync(listener, _there);
        await EndAsync(inOrder);
        var meanwhile = TraceSender.NewTraceId();
        await SendAsync(_here, meanwhile);
        await listener.UntilAsync(told => TraceOf(told) == meanwhile);
        await HearsAsync(listener, _here);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_IsToldOn(bool inOrder)
    {
        await _there.AddWorkAsync(2);
        await MoveAsync();
        using var listener = await Listener.OpenAsync(
            _here.Owner, "subscription($id: ID!) { reviewQueueProgress(queueId: $id) { resolved } }", new { id = _here.QueueId });
        await listener.UntilAsync(told => Resolved(told) == 0);
        await ReviewAsync(_here);
        await listener.UntilAsync(told => Resolved(told) == 1);
        await EndAsync(inOrder);
        await ReviewAsync(_here);
        await listener.UntilAsync(told => Resolved(told) == 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_IsToldToItsEnd_AndNoTextTwice(bool inOrder)
    {
        await using var provider = await FakeProvider.StartAsync();
        var runId = await StartRunAsync(_there, provider.BaseUrl);
        await MoveAsync();
        using var listener = await Listener.OpenAsync(_here.Owner,
            "subscription($id: ID!) { playgroundRun(id: $id) { ... on PlaygroundDelta { text } ... on PlaygroundFinished { run { status error { "
                + "code } } } } }", new { id = runId });
        Assert.Equal("First. ", (await listener.NextAsync())!.Value.Text("playgroundRun.text"));
        await EndAsync(inOrder);
        var end = (await listener.NextAsync())!.Value.At("playgroundRun.run");
        Assert.Equal(("FAILED", "interrupted"), (end.GetProperty("status").GetString(), end.At("error.code").GetString()));
        Assert.Null(await listener.NextAsync());
    }

    /// <summary>A second silo joins, and all sit down there; what was opened before stays where it is.</summary>
    private async Task MoveAsync()
    {
        _edges.Add(await Edge.StartAsync(_cluster, await _cluster.JoinAsync()));
        _here = _there.At(_edges[1]);
    }

    private async Task EndAsync(bool inOrder)
    {
        if (inOrder) await _cluster.StopAsync(_cluster.Silos[0]);
        else _cluster.Kill(_cluster.Silos[0]);
    }

    // The stream is open before the shard is watched: what is sent before that is not told.
    private static async Task HearsAsync(Listener listener, Workplace from)
    {
        var sent = new HashSet<string>();
        var heard = listener.UntilAsync(told => sent.Contains(TraceOf(told)));
        while (!heard.IsCompleted)
        {
            var trace = TraceSender.NewTraceId();
            sent.Add(trace);
            await SendAsync(from, trace);
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
        await heard;
    }

    private static Task<JsonElement> SendAsync(Workplace from, string trace)
    {
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), trace);
        return Insistence.UntilDoneAsync(() => Answer.ExportAsync(from.Script, TraceSender.Body(body)));
    }

    private static async Task ReviewAsync(Workplace at)
    {
        var claimed = await Insistence.UntilDoneAsync(() =>
            Answer.QueryAsync(
                at.Reviewer(0), "mutation($id: ID!) { claimNextReview(input: { queueId: $id }) { assignment { id } } }",
                new { id = at.QueueId }));
        var input = new
        {
            assignmentId = claimed.Text("claimNextReview.assignment.id"),
            label = "PASS",
            claimNext = false,
        };
        await Insistence.UntilDoneAsync(() =>
            Answer.QueryAsync(at.Reviewer(0), "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }", new { input }));
    }

    private static async Task<string> StartRunAsync(Workplace at, string baseUrl)
    {
        var project = new Project(at.Owner, at.ProjectId);
        var providerId = await project.ProviderAsync("Fake", baseUrl, "sk-verysecretkey", "waiting");
        return await project.RunAsync("say-it", Content.Saying("Say it.", "waiting"), new { }, providerId);
    }

    private static string TraceOf(JsonElement told) => told.Text("traceUpdated.traceId");

    private static int Resolved(JsonElement told) => told.At("reviewQueueProgress.resolved").GetInt32();
}
