using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Reviews;

/// <summary>From a trace to a dataset item, over the real server's API, by two people who may not influence each other.</summary>
public sealed class ReviewFlowTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Claim =
        "mutation($id: ID!) { claimNextReview(input: { queueId: $id }) { assignment { id leaseExpiresAt subject { input { role text } output { "
            + "role text } model promptVersion userId metrics { durationMs } } } } }";
    private const string Finish = "mutation($id: ID!) { finishReview(input: { id: $id }) { item { state reviews { label } } } }";
    private const string Submit =
        "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id label alias reviewer { email } } next { id } } }";

    [Fact]
    public async Task Trace_BecomesADatasetItem_ThroughTwoBlindReviews()
    {
        var traceId = TraceSender.NewTraceId();
        await SendAsync(traceId);
        using var ben = await server.JoinAsync("ben@example.com", "SME");
        using var cat = await server.JoinAsync("cat@example.com", "SME");
        var (benId, catId) = (await ben.MeAsync(), await cat.MeAsync());
        var queueId = await CreateQueueAsync(benId, catId);
        var trace = await TraceAsync(server.Owner, traceId);
        var added = await server.Owner.DoAsync(
                "addToReviewQueue",
                new { queueId, traceIds = new[] { trace.Text("id") } },
                "added duplicates queue { progress { total waiting } }");
        Assert.Equal(1, added.GetProperty("added").GetInt32());

        var bens = await ClaimAsync(ben, queueId);
        Assert.Equal("Where is my refund?", bens.Text("subject.input[0].text"));
        Assert.Equal("On its way.", bens.Text("subject.output[0].text"));
        Assert.All(
            ["model", "promptVersion", "userId", "metrics"],
            hidden => Assert.Equal(JsonValueKind.Null, bens.GetProperty("subject").GetProperty(hidden).ValueKind));
        Assert.Equal(
            "BLINDED",
            await ben.ErrorCodeAsync(
                "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { name } } }",
                new { p = server.ProjectId, t = trace.Text("id") }));

        var reviewId = await SubmitAsync(ben, bens, "FAIL", "It was refused.");
        Assert.Equal(
            "BLINDED",
            await ben.ErrorCodeAsync(
                "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { name } } }",
                new { p = server.ProjectId, t = trace.Text("id") }));
        var finished = (await ben.QueryAsync(Finish, new { id = reviewId })).At("finishReview.item");
        Assert.Equal(("IN_REVIEW", 1), (finished.GetProperty("state").GetString(), finished.GetProperty("reviews").GetArrayLength()));
        Assert.Equal(
            "CONFLICT",
            await ben.ErrorCodeAsync("mutation($id: ID!) { undoReview(input: { id: $id }) { assignment { id } } }", new { id = reviewId }));
        var seen = await ben.QueryAsync(
            "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { name verdict { label } } } }",
            new { p = server.ProjectId, t = trace.Text("id") });
        Assert.Equal(JsonValueKind.Null, seen.At("project.trace.verdict").ValueKind);

        var cats = await ClaimAsync(cat, queueId);
        Assert.NotEqual(bens.Text("id"), cats.Text("id"));
        Assert.Equal(bens.GetProperty("subject").GetRawText(), cats.GetProperty("subject").GetRawText());
        await SubmitAsync(cat, cats, "FAIL", null);
        await CheckQueueAsync(queueId);
        await CheckDatasetAsync(queueId, traceId);
    }

    private async Task CheckQueueAsync(string queueId)
    {
        var queue = (await server.Owner.QueryAsync(
            "query($p: ID!, $q: ID!) { project(id: $p) { reviewQueue(id: $q) { progress { resolved } agreement { items observed kappa } items { "
                + "totalCount nodes { state consensus reviews { alias reviewer { email } } span { model traceId } } } } } }",
            new { p = server.ProjectId, q = queueId })).At("project.reviewQueue");
        var item = queue.At("items.nodes[0]");
        Assert.Equal(
            ("AGREED", "FAIL", "gpt-4o-mini"),
            (item.GetProperty("state").GetString(), item.GetProperty("consensus").GetString(), item.At("span.model").GetString()));
        Assert.Equal(
            ["ben@example.com", "cat@example.com"],
            item.GetProperty("reviews").EnumerateArray().Select(r => r.Text("reviewer.email")).Order());
        Assert.Equal(
            (1, 1.0),
            (queue.At("agreement.items").GetInt32(), queue.At("agreement.observed").GetDouble()));
        Assert.Equal(JsonValueKind.Null, queue.At("agreement.kappa").ValueKind);
    }

    private async Task CheckDatasetAsync(string queueId, string traceId)
    {
        var datasetId = (await server.Owner.DoAsync(
            "createDataset",
            new { projectId = server.ProjectId, name = "Refunds " + traceId[..6] },
            "dataset { id }")).Text("dataset.id");
        const string add = "mutation($input: AddToDatasetInput!) { addToDataset(input: $input) { added duplicates } }";
        var input = new { input = new { datasetId, split = "test", fromQueue = new { queueId, label = "FAIL" } } };
        Assert.Equal(1, (await server.Owner.QueryAsync(add, input)).At("addToDataset.added").GetInt32());
        Assert.Equal(1, (await server.Owner.QueryAsync(add, input)).At("addToDataset.duplicates").GetInt32());
        await server.Owner.DoAsync("snapshotDataset", new { datasetId }, "version { number contentHash createdBy { email } }");

        var item = (await server.Owner.QueryAsync(
            "query($p: ID!, $d: ID!) { project(id: $p) { dataset(id: $d) { itemCount versions { number itemCount } items(version: 1, split: "
                + "\"test\") { nodes { inputs output expected label reasoning lineage { traceId reviewIds } } } } } }",
            new { p = server.ProjectId, d = datasetId })).At("project.dataset.items.nodes[0]");
        Assert.Equal(
            ("On its way.", "It was refused.", "FAIL"),
            (item.GetProperty("output").GetString(), item.GetProperty("expected").GetString(), item.GetProperty("label").GetString()));
        Assert.Equal(
            (traceId, 2),
            (item.Text("lineage.traceId"), item.At("lineage.reviewIds").GetArrayLength()));
        Assert.Contains("Where is my refund?", item.GetProperty("inputs").GetRawText());
    }

    private static async Task<JsonElement> ClaimAsync(ServerClient person, string queueId) =>
        (await person.QueryAsync(Claim, new { id = queueId })).At("claimNextReview.assignment");

    private static async Task<string> SubmitAsync(ServerClient person, JsonElement assignment, string label, string? corrected)
    {
        var input = new
        {
            assignmentId = assignment.Text("id"),
            label,
            reasoning = "It is not true.",
            correctedOutput = corrected,
            secondsSpent = 12.5,
        };
        var first = (await person.QueryAsync(Submit, new { input })).GetProperty("submitReview");
        var again = (await person.QueryAsync(Submit, new { input })).GetProperty("submitReview");
        Assert.Equal(first.GetProperty("review").GetRawText(), again.GetProperty("review").GetRawText());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("next").ValueKind);
        return first.Text("review.id");
    }

    private async Task<string> CreateQueueAsync(params string[] reviewerIds) =>
        (await server.Owner.DoAsync(
            "createReviewQueue",
            new { projectId = server.ProjectId, name = "Refunds", instructions = "Is it true?", reviewerIds },
            "queue { id rubric { version } reviewers { email } blinding { hideModel } }")).Text("queue.id");

    private async Task<JsonElement> TraceAsync(ServerClient person, string traceId)
    {
        var traces = (await person.QueryAsync(
            "query($p: ID!) { project(id: $p) { traces(first: 100) { nodes { id traceId } } } }", new { p = server.ProjectId })).At("project.traces.nodes");
        return traces.EnumerateArray().Single(t => t.GetProperty("traceId").GetString() == traceId);
    }

    private async Task SendAsync(string traceId)
    {
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        object Text(string key, string value) => new { key, value = new { stringValue = value } };
        var span = new
        {
            traceId,
            spanId = traceId[..16],
            name = "chat gpt-4o-mini",
            kind = 3,
            startTimeUnixNano = $"{now}",
            endTimeUnixNano = $"{now + 900_000_000}",
            attributes = new[]
            {
                Text("gen_ai.operation.name", "chat"), Text("gen_ai.provider.name", "openai"), Text("gen_ai.request.model", "gpt-4o-mini"),
                Text("user.id", "customer-7"),
                Text("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Where is my refund?"}]}]"""),
                Text("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"On its way."}],"finish_reason":"stop"}]"""),
            },
        };
        using var answer = await server.Script.PostAsync(
            "/v1/traces",
            new { resourceSpans = new[] { new { resource = new { }, scopeSpans = new[] { new { spans = new[] { span } } } } } });
        answer.EnsureSuccessStatusCode();
    }
}
