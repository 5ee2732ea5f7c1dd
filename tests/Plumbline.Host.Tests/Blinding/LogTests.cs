using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>Log records go with their span, and are as hidden as it is.</summary>
[Collection(typeof(WorldsCollection))]
public sealed class LogTests(Worlds worlds)
{
    private const string Logs = "logs { time severity eventName body attributes }";

    [Fact]
    public async Task Log_IsShownWithItsSpan_WhicheverComesFirst()
    {
        var world = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        var traceId = TraceSender.NewTraceId();
        using var script = await worlds.KeyAsync(world, "INGEST", "READ");
        Assert.Equal("{}", await SendAsync(script, Record(traceId, traceId[..16], "Tried again.", 13)));
        Assert.True(await TraceSender.TrySendAsync(script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traceId)));
        Assert.Equal("{}", await SendAsync(script, Record(traceId, traceId[..16], "Then it went.", 9, at: 1)));
        var root = Root(await ReadAsync(worlds.Owner, world, traceId));
        Assert.Equal("chat gpt-4o-mini", root.GetProperty("name").GetString());
        Assert.Equal(
            [("Tried again.", "WARN"), ("Then it went.", "INFO")],
            root.GetProperty("logs").EnumerateArray().Select(l => (l.Text("body"), l.Text("severity"))));
    }

    [Fact]
    public async Task LogOfNoSpan_IsCounted_WithTheReason()
    {
        var world = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        using var script = await worlds.KeyAsync(world, "INGEST");
        var kept = Record(World.PlainTrace, World.Root(World.PlainTrace), "kept");
        var answer = await SendAsync(script, kept, new { body = new { stringValue = "lost" }, timeUnixNano = "1" });
        var partial = JsonDocument.Parse(answer).RootElement.GetProperty("partialSuccess");
        Assert.Equal("1", partial.GetProperty("rejectedLogRecords").GetString());
        Assert.Contains("it names no span", partial.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A hidden trace hides its logs; one that may be looked at before it is judged shows what was logged, and not what an evaluator said.</summary>
    [Fact]
    public async Task LogsOfABlindedTrace_AreAsHiddenAsIt()
    {
        var world = await worlds.MakeAsync(Opinion.Pass, HiddenFacts.Usual);
        using var script = await worlds.KeyAsync(world, "INGEST");
        // A queue of the reviewer's that hides nothing, and no other one over it.
        await worlds.Owner.QueryAsync(
            $"mutation {{ addToReviewQueue(input: {{ queueId: \"{world.Ids["visible"]}\", traceIds: [\"{world.Trace(World.FailedTrace)}\"] }}) {{ added }} }}");
        foreach (var traceId in new[] { World.BlindTrace, World.FailedTrace, World.PlainTrace })
        {
            var asked = Record(traceId, World.Root(traceId), "asked gpt-4o");
            var scored = Record(traceId, World.Root(traceId), "scored", attribute: "gen_ai.evaluation.score.value");
            var told = Record(traceId, World.Root(traceId), "{\"gen_ai.evaluation.score.label\":\"fail\"}");
            Assert.Equal("{}", await SendAsync(script, asked, scored, told));
        }
        Assert.Contains("BLINDED", await ReadAsync(worlds.Reviewer, world, World.BlindTrace), StringComparison.Ordinal);
        Assert.Equal(1, Count(await ReadAsync(worlds.Reviewer, world, World.FailedTrace)));
        Assert.Equal(3, Count(await ReadAsync(worlds.Reviewer, world, World.PlainTrace)));
        Assert.Equal(3, Count(await ReadAsync(worlds.Owner, world, World.BlindTrace)));
        var claimed = await worlds.Reviewer.QueryTextAsync(
            $"mutation {{ claimNextReview(input: {{ queueId: \"{world.Ids["blind"]}\" }}) {{ assignment {{ "
                + "subject { input { text } output { text } } } } }");
        Assert.Contains("It is blind.", claimed, StringComparison.Ordinal);
        Assert.DoesNotContain("asked gpt", claimed, StringComparison.Ordinal);
    }

    private static object Record(string traceId, string spanId, string body, int severityNumber = 0, string attribute = "attempt", int at = 0) => new
    {
        traceId,
        spanId,
        severityNumber,
        timeUnixNano = $"176000000000000000{at}",
        body = new { stringValue = body },
        attributes = new[] { new { key = attribute, value = new { intValue = "1" } } },
    };

    private static JsonElement Root(string answer) =>
        JsonDocument.Parse(answer).RootElement.At("data.project.trace.root");

    private static int Count(string answer) => Root(answer).GetProperty("logs").GetArrayLength();

    private static Task<string> ReadAsync(ServerClient person, World world, string traceId) =>
        person.QueryTextAsync($"{{ project(id: \"{world.ProjectId}\") {{ trace(id: \"{world.Trace(traceId)}\") {{ root {{ name {Logs} }} }} }} }}");

    private static async Task<string> SendAsync(ServerClient script, params object[] records)
    {
        using var answer = await script.PostAsync("/v1/logs", new { resourceLogs = new[] { new { scopeLogs = new[] { new { logRecords = records } } } } });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
