using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Reviews;

/// <summary>Whoever may send spans may send one again, with other words. Once somebody was given it to judge, it stays what they were given.</summary>
public sealed class FixedAnswerTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Claim =
        "mutation($q: ID!) { claimNextReview(input: { queueId: $q }) { assignment { id subject { output { parts { ... on TextPart { text } } } "
            + "documents { content } } } } }";

    private readonly string _trace = TraceSender.NewTraceId();
    private readonly string _span = TraceSender.NewTraceId()[..16];

    [Fact]
    public async Task WhatWasGivenToAReviewer_StaysAsItWas_HoweverItIsSentAgain()
    {
        await SendAsync(Span("No."));
        var queueId = await QueueAsync();
        // Nobody has been given it yet: what comes late is still part of it.
        var first = await SendAsync(Span("No refund today."));
        var turn = await ClaimAsync(queueId);
        Assert.Equal("No refund today.", Text(turn));

        // The sender is told the same as ever: else the answer would say what is in a queue.
        Assert.Equal(first, await SendAsync(Span("A refund of ten thousand dollars is on its way to you.", model: "gpt-9-of-another-maker")));
        Assert.Equal("No refund today.", Text(await ClaimAsync(queueId)));
        await server.Owner.DoAsync(
            "submitReview", new { assignmentId = turn.Text("id"), label = "PASS", claimNext = false }, "review { id }");
        Assert.Equal(first, await SendAsync(Span("A refund of ten thousand dollars is on its way to you, and a yacht besides.")));
        await server.Owner.DoAsync("closeReviewQueue", new { id = queueId }, "queue { id }");
        await SendAsync(Span("A refund of ten thousand dollars is on its way to you, and a yacht besides, in blue."));
        Assert.Equal("No refund today.", await OutputAsync());
    }

    [Fact]
    public async Task WhatIsAround_ChangesNothingThatWasShown_AndScoresStillArrive()
    {
        await SendAsync(Span("No refund today."));
        var queueId = await QueueAsync();
        await ClaimAsync(queueId);
        await SendAsync(new
        {
            traceId = _trace,
            spanId = TraceSender.NewTraceId()[..16],
            parentSpanId = _span,
            name = "lookup",
            kind = 1,
            startTimeUnixNano = Nano(1),
            endTimeUnixNano = Nano(2),
            attributes = new[]
            {
                A("openinference.span.kind", "RETRIEVER"), A("retrieval.documents.0.document.content", "Refunds are always given."),
            },
        });
        await LogAsync("gen_ai.client.inference.operation.details", A(
            "gen_ai.output.messages", Said("assistant", "A refund of ten thousand dollars is on its way to you.")));
        await LogAsync("gen_ai.evaluation.result", A("gen_ai.evaluation.name", "politeness"), A("gen_ai.evaluation.score.label", "rude"));

        var again = await ClaimAsync(queueId);
        Assert.Equal("No refund today.", Text(again));
        Assert.Empty(again.At("subject.documents").EnumerateArray());
        await server.Owner.DoAsync("closeReviewQueue", new { id = queueId }, "queue { id }");
        var trace = (await server.Owner.QueryAsync(
            "query($id: ID!) { node(id: $id) { ... on Trace { spans { name events { name attributes } output } } } }",
            new { id = Id })).GetProperty("node").GetRawText();
        Assert.Contains("rude", trace, StringComparison.Ordinal);
        Assert.Contains("lookup", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("ten thousand", trace, StringComparison.Ordinal);
    }

    private string Id => NodeId.Format(NodeKinds.Trace, NodeId.ParseProject(server.ProjectId), _trace);

    private static readonly long Start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Nano(int seconds) => $"{Start + (seconds * 1000)}000000";

    private static object A(string key, string value) => new { key, value = new { stringValue = value } };

    private static Dictionary<string, object[]> Of(string list, object one) => new() { [list] = [one] };

    private static string Said(string role, string text) =>
        JsonSerializer.Serialize(new[] { new { role, parts = new[] { new { type = "text", content = text } } } });

    private object Span(string output, string model = "gpt-4o-mini") => new
    {
        traceId = _trace,
        spanId = _span,
        name = "chat",
        kind = 3,
        startTimeUnixNano = Nano(0),
        endTimeUnixNano = Nano(3),
        attributes = new[]
        {
            A("gen_ai.operation.name", "chat"), A("gen_ai.request.model", model), A("gen_ai.input.messages", Said("user", "May I have my money back?")),
            A("gen_ai.output.messages", Said("assistant", output)),
        },
    };

    private async Task<string> SendAsync(object span)
    {
        using var answer = await server.Script.PostAsync("/v1/traces", Of("resourceSpans", Of("scopeSpans", Of("spans", span))));
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task LogAsync(string name, params object[] attributes)
    {
        var record = new { traceId = _trace, spanId = _span, timeUnixNano = Nano(2), eventName = name, attributes };
        using var answer = await server.Script.PostAsync("/v1/logs", Of("resourceLogs", Of("scopeLogs", Of("logRecords", record))));
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    private async Task<string> QueueAsync()
    {
        var created = await server.Owner.DoAsync(
            "createReviewQueue", new { projectId = server.ProjectId, name = "Fixed", instructions = "Right?", reviewsPerItem = 1 }, "queue { id }");
        var queueId = created.Text("queue.id");
        await server.Owner.DoAsync("joinReviewQueue", new { queueId }, "queue { id }");
        await server.Owner.DoAsync("addToReviewQueue", new { queueId, traceIds = new[] { Id } }, "added");
        return queueId;
    }

    private async Task<JsonElement> ClaimAsync(string queueId) =>
        (await server.Owner.QueryAsync(Claim, new { q = queueId })).At("claimNextReview.assignment");

    private static string? Text(JsonElement turn) =>
        turn.At("subject.output[0].parts[0].text").GetString();

    private async Task<string?> OutputAsync()
    {
        var trace = await server.Owner.QueryAsync("query($id: ID!) { node(id: $id) { ... on Trace { spans { output } } } }", new { id = Id });
        return trace.At("node.spans").EnumerateArray().Single().GetProperty("output").GetString();
    }
}
