using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Erasing;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

internal sealed record EraseDataInput(string ProjectId, string? UserId, string? TraceId);

internal sealed record EraseDataPayload(
    long? ErasedSpans, int ErasedReviewItems, int? ErasedDatasetItems, int? ErasedComments, int ErasedPlaygroundRuns, int UnreadableBlocks);

[ResolversFor("Mutation")]
internal sealed class EraseMutation(TraceErasure erasure, IAccessControl access, IBlinding blinding, IAuditLog audit)
{
    public async Task<EraseDataPayload> EraseData(EraseDataInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.ManageProject, cancellationToken);
        if (string.IsNullOrEmpty(input.UserId) == string.IsNullOrEmpty(input.TraceId))
            throw Failure.BadInput("Say whose data to erase: give either userId or traceId.");
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        // Said first: whoever reads the log learns of an erasure that was cut short, too.
        await audit.AppendAsync(project.Organization, AuditEntry.By(caller, AuditActions.ErasureBegun, Target(input), project), cancellationToken);
        var erased = string.IsNullOrEmpty(input.UserId)
            ? await erasure.EraseTraceAsync(project, Trace(input.TraceId!), cancellationToken)
            : await erasure.EraseUserAsync(project, input.UserId, cancellationToken);
        var detail = JsonSerializer.Serialize(new
        {
            spans = blinded.IsEmpty ? erased.Spans : (long?)null,
            reviewItems = erased.Of(HeldThing.ReviewItem),
            playgroundRuns = erased.Of(HeldThing.PlaygroundRun),
            unreadableBlocks = erased.UnreadableBlocks,
        });
        await audit.AppendAsync(project.Organization, AuditEntry.By(caller, AuditActions.DataErased, Target(input), project, detail), cancellationToken);
        // How many spans a hidden trace had tells how its answer was made. How many examples were made of an output, and whether it was commented on,
        // depends on what others said of it.
        int? UnlessBlinded(HeldThing thing) => blinded.IsEmpty ? erased.Of(thing) : null;
        return new EraseDataPayload(
            blinded.IsEmpty ? erased.Spans : null, erased.Of(HeldThing.ReviewItem), UnlessBlinded(HeldThing.DatasetItem), UnlessBlinded(HeldThing.Comment),
            erased.Of(HeldThing.PlaygroundRun), erased.UnreadableBlocks);
    }

    private static TraceStore.TraceId Trace(string text) =>
        TraceStore.TraceId.TryParse(text, out var id) ? id : throw Failure.BadInput("traceId is not a valid trace id: 32 hexadecimal digits are needed.");

    /// <summary>The log may not keep the name of whoever was to be forgotten; its hash shows later that it was they.</summary>
    private static string Target(EraseDataInput input) =>
        string.IsNullOrEmpty(input.UserId)
            ? $"trace {Trace(input.TraceId!)}"
            : $"user sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.UserId)))}";
}
