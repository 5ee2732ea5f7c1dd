using System.Text.Json;
using Plumbline.Silos.Tests.Kills;
using Plumbline.Testing;

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
        Assert.Equal("First. ", (await listener.NextAsync())!.Value.GetProperty("playgroundRun").GetProperty("text").GetString());
        await EndAsync(inOrder);
        var end = (await listener.NextAsync())!.Value.GetProperty("playgroundRun").GetProperty("run");
        Assert.Equal(("FAILED", "interrupted"), (end.GetProperty("status").GetString(), end.GetProperty("error").GetProperty("code").GetString()));
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
            assignmentId = claimed.GetProperty("claimNextReview").GetProperty("assignment").GetProperty("id").GetString(),
            label = "PASS",
            claimNext = false,
        };
        await Insistence.UntilDoneAsync(() =>
            Answer.QueryAsync(at.Reviewer(0), "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }", new { input }));
    }

    private static async Task<string> StartRunAsync(Workplace at, string baseUrl)
    {
        var provider = await at.Owner.QueryAsync("mutation($input: SaveModelProviderInput!) { saveModelProvider(input: $input) { provider { id } } }",
            new
            {
                input = new
                {
                    projectId = at.ProjectId,
                    name = "Fake",
                    kind = "OPENAI_COMPATIBLE",
                    baseUrl,
                    apiKey = "sk-verysecretkey",
                    models = new[] { "waiting" },
                }
            });
        var providerId = provider.GetProperty("saveModelProvider").GetProperty("provider").GetProperty("id").GetString();
        var content = new { messages = new object[] { new { role = "USER", template = "Say it." } }, model = "waiting" };
        var run = await at.Owner.QueryAsync("mutation($input: StartPlaygroundRunInput!) { startPlaygroundRun(input: $input) { run { id } } }",
            new { input = new { projectId = at.ProjectId, promptName = "say-it", content, inputs = new { }, providerId } });
        return run.GetProperty("startPlaygroundRun").GetProperty("run").GetProperty("id").GetString()!;
    }

    private static string TraceOf(JsonElement told) => told.GetProperty("traceUpdated").GetProperty("traceId").GetString()!;

    private static int Resolved(JsonElement told) => told.GetProperty("reviewQueueProgress").GetProperty("resolved").GetInt32();
}
