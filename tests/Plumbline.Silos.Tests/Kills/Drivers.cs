using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>Does things that are known by a name which they have before they are done.</summary>
internal abstract class NamedDriver(string name, Workplace place, Tally? tally, Ledger ledger) : Driver(name, place, tally)
{
    protected override async Task StepAsync()
    {
        var thing = NewName();
        if (await DoAsync(thing) is not null) ledger.Acknowledge(thing);
        else ledger.Doubt();
    }

    protected abstract Task<JsonElement?> DoAsync(string thing);

    protected virtual string NewName() => $"{Name} {Ledger.Next()}";
}

/// <summary>Sends telemetry over HTTP.</summary>
internal sealed class HttpSender(int number, Workplace place, Tally? tally, Ledger ledger) : NamedDriver($"sender {number}", place, tally, ledger)
{
    protected override string NewName() => TraceSender.NewTraceId();

    protected override Task<JsonElement?> DoAsync(string thing)
    {
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), thing);
        return InsistAsync(() => Answer.ExportAsync(Place.Script, TraceSender.Body(body)));
    }
}

/// <summary>Sends telemetry over gRPC.</summary>
internal sealed class GrpcSender(Workplace place, Tally? tally, Ledger ledger) : NamedDriver("gRPC sender", place, tally, ledger)
{
    protected override string NewName() => TraceSender.NewTraceId();

    protected override Task<JsonElement?> DoAsync(string thing)
    {
        var body = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), thing);
        return InsistAsync(() => Answer.GrpcExportAsync(Place.GrpcPort, body));
    }
}

/// <summary>Claims and judges.</summary>
internal sealed class Reviewer(int number, Workplace place, Tally? tally, Ledger ledger) : Driver($"reviewer {number}", place, tally)
{
    private const string Claim = "mutation($id: ID!) { claimNextReview(input: { queueId: $id }) { assignment { id } } }";
    private const string Submit = "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }";

    protected override async Task StepAsync()
    {
        if (await InsistAsync(() => Answer.QueryAsync(Place.Reviewer(number), Claim, new { id = Place.QueueId })) is not { } claimed) return;
        // all is judged for now
        if (claimed.At("claimNextReview.assignment") is not { ValueKind: JsonValueKind.Object } assignment) return;
        var assignmentId = assignment.Text("id");
        var input = new { assignmentId, label = "PASS", claimNext = false };
        if (await InsistAsync(() => Answer.QueryAsync(Place.Reviewer(number), Submit, new { input })) is { } submitted)
            ledger.Acknowledge(submitted.Text("submitReview.review.id"));
        else
            ledger.Doubt();
    }
}

/// <summary>Saves versions of a prompt.</summary>
internal sealed class PromptWriter(Workplace place, Tally? tally, Ledger ledger) : NamedDriver("prompt writer", place, tally, ledger)
{
    public const string PromptName = "refund";

    private const string Save = "mutation($input: SavePromptVersionInput!) { savePromptVersion(input: $input) { promptVersion { number } } }";

    protected override Task<JsonElement?> DoAsync(string thing)
    {
        var input = new
        {
            projectId = Place.ProjectId,
            promptName = PromptName,
            content = new { messages = new object[] { new { role = "USER", template = thing } } },
        };
        return InsistAsync(() => Answer.QueryAsync(Place.Owner, Save, new { input }));
    }
}

/// <summary>Adds examples to a dataset.</summary>
internal sealed class Curator(Workplace place, Tally? tally, Ledger ledger) : NamedDriver("curator", place, tally, ledger)
{
    private const string Add = "mutation($input: AddToDatasetInput!) { addToDataset(input: $input) { added } }";

    protected override Task<JsonElement?> DoAsync(string thing)
    {
        var input = new { datasetId = Place.DatasetId, items = new object[] { new { inputs = thing, expected = "Yes." } } };
        return InsistAsync(() => Answer.QueryAsync(Place.Owner, Add, new { input }));
    }
}

/// <summary>Writes comments; before it writes one again it looks whether it is there, since every comment that is sent is one more.</summary>
internal sealed class Commenter(Workplace place, Tally? tally, Ledger ledger) : NamedDriver("commenter", place, tally, ledger)
{
    private const string Add = "mutation($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }";
    private const string Read = "query($p: ID!, $t: ID!) { project(id: $p) { trace(id: $t) { comments { body } } } }";

    public static IEnumerable<string> BodiesOf(JsonElement data) =>
        data.At("project.trace.comments").EnumerateArray().Select(c => c.Text("body"));

    public static Task<Answer> ReadAsync(Workplace place) => Answer.QueryAsync(place.Owner, Read, new { p = place.ProjectId, t = place.TraceNode });

    protected override Task<JsonElement?> DoAsync(string thing)
    {
        var input = new { projectId = Place.ProjectId, traceId = Place.TraceNode, body = thing };
        return InsistAsync(
            () => Answer.QueryAsync(Place.Owner, Add, new { input }),
            async () => await InsistAsync(() => ReadAsync(Place)) is { } read && BodiesOf(read).Contains(thing));
    }
}
