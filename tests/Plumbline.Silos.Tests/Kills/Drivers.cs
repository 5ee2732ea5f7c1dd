using System.Collections.Concurrent;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>Sends telemetry over HTTP, some spans of some traces at a time.</summary>
internal sealed class HttpSender(int number, Workplace place, Tally tally, ConcurrentBag<string> sent) : Driver($"sender {number}", place, tally)
{
    private const int TracesPerRequest = 3;

    protected override async Task StepAsync()
    {
        string[] traces = [.. Enumerable.Range(0, TracesPerRequest).Select(_ => TraceSender.NewTraceId())];
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traces);
        await InsistAsync(() => Answer.ExportAsync(Place.Script, TraceSender.Body(body)));
        foreach (var trace in traces) sent.Add(trace);
    }
}

/// <summary>Sends telemetry over gRPC.</summary>
internal sealed class GrpcSender(Workplace place, Tally tally, ConcurrentBag<string> sent) : Driver("gRPC sender", place, tally)
{
    protected override async Task StepAsync()
    {
        var trace = TraceSender.NewTraceId();
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), trace);
        await InsistAsync(() => Answer.GrpcExportAsync(Place.GrpcPort, body));
        sent.Add(trace);
    }
}

/// <summary>Claims and judges.</summary>
internal sealed class Reviewer(int number, Workplace place, Tally tally, ConcurrentBag<string> reviews) : Driver($"reviewer {number}", place, tally)
{
    private const string Claim = "mutation($id: ID!) { claimNextReview(input: { queueId: $id }) { assignment { id } } }";
    private const string Submit = "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }";

    protected override async Task StepAsync()
    {
        var claimed = await InsistAsync(() => Answer.QueryAsync(Place.Reviewer(number), Claim, new { id = Place.QueueId }));
        var assignmentId = claimed.GetProperty("claimNextReview").GetProperty("assignment").GetProperty("id").GetString();
        var input = new { assignmentId, label = "PASS", claimNext = false };
        var submitted = await InsistAsync(() => Answer.QueryAsync(Place.Reviewer(number), Submit, new { input }));
        reviews.Add(submitted.GetProperty("submitReview").GetProperty("review").GetProperty("id").GetString()!);
    }
}

/// <summary>Saves versions of prompts.</summary>
internal sealed class PromptWriter(Workplace place, Tally tally, ConcurrentBag<string> saved) : Driver("prompt writer", place, tally)
{
    public const string PromptName = "refund";

    private const string Save = "mutation($input: SavePromptVersionInput!) { savePromptVersion(input: $input) { promptVersion { number } } }";

    private int _next;

    protected override async Task StepAsync()
    {
        var template = $"Answer as number {_next++}.";
        var input = new { projectId = Place.ProjectId, promptName = PromptName, content = new { messages = new object[] { new { role = "USER", template } } } };
        await InsistAsync(() => Answer.QueryAsync(Place.Owner, Save, new { input }));
        saved.Add(template);
    }
}

/// <summary>Adds examples to a dataset.</summary>
internal sealed class Curator(Workplace place, Tally tally, ConcurrentBag<string> added) : Driver("curator", place, tally)
{
    private const string Add = "mutation($input: AddToDatasetInput!) { addToDataset(input: $input) { added } }";

    private int _next;

    protected override async Task StepAsync()
    {
        var question = $"Question {_next++}";
        var input = new { datasetId = Place.DatasetId, items = new object[] { new { inputs = question, expected = "Yes." } } };
        await InsistAsync(() => Answer.QueryAsync(Place.Owner, Add, new { input }));
        added.Add(question);
    }
}

/// <summary>Writes comments; before it writes one again it looks whether it is there, since every comment that is sent is one more.</summary>
internal sealed class Commenter(Workplace place, Tally tally, ConcurrentBag<string> written) : Driver("commenter", place, tally)
{
    private const string Add = "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }";
    private const string Read = "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { comments { body } } } }";

    private int _next;

    public static IEnumerable<string> BodiesOf(System.Text.Json.JsonElement data) =>
        data.GetProperty("project").GetProperty("trace").GetProperty("comments").EnumerateArray().Select(c => c.GetProperty("body").GetString()!);

    public static Task<Answer> ReadAsync(Workplace place) => Answer.QueryAsync(place.Owner, Read, new { p = place.ProjectId, t = place.TraceNode });

    protected override async Task StepAsync()
    {
        var body = $"Remark {_next++}";
        var input = new { projectId = Place.ProjectId, traceId = Place.TraceNode, body };
        await InsistAsync(() => Answer.QueryAsync(Place.Owner, Add, new { input }), async () => BodiesOf(await InsistAsync(() => ReadAsync(Place))).Contains(body));
        written.Add(body);
    }
}
