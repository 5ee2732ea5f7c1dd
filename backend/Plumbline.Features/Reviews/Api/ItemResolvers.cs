using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Reviews.Subject;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

[ResolversFor("ReviewItem")]
internal sealed class ItemResolvers(ITraceReader traces)
{
    public async Task<SpanView> Span([Parent] ReviewItemView item, CancellationToken cancellationToken) =>
        await traces.FindSpanAsync(item.Project, item.SpanReference, cancellationToken) ?? throw new RequestFailedException(FailureCode.NotFound, "The span of this item has been deleted from the project.");
}

[ResolversFor("Review")]
internal sealed class ReviewResolvers(IUserDirectory users)
{
    public async Task<UserView?> Reviewer([Parent] ReviewView review, CancellationToken cancellationToken) =>
        review.ReviewerId is { } id ? await users.GetAsync(id, cancellationToken) : null;
}

[ResolversFor("ReviewerAgreement")]
internal sealed class ReviewerAgreementResolvers(IUserDirectory users)
{
    public async Task<UserView> Reviewer([Parent] ReviewerAgreementView agreement, CancellationToken cancellationToken) =>
        await users.GetAsync(agreement.ReviewerId, cancellationToken);
}

[ResolversFor("ReviewAssignment")]
internal sealed class AssignmentResolvers(ReviewGate gate, SubjectReader subjects)
{
    public Task<ReviewQueueView> Queue([Parent] AssignmentView assignment) => gate.Grain(assignment.Project, assignment.QueueId).Get();

    public async Task<ReviewSubject> Subject([Parent] AssignmentView assignment, CancellationToken cancellationToken)
    {
        var queue = await Queue(assignment);
        return await subjects.ReadAsync(assignment.Project, assignment.SpanReference, queue.Blinding, cancellationToken);
    }
}

[ResolversFor("Trace")]
internal sealed class TraceVerdictResolvers(IVerdicts verdicts, IAccessControl access)
{
    public async Task<VerdictView?> Verdict([Parent] TraceView trace, Caller caller, CancellationToken cancellationToken)
    {
        await access.RequireAsync(caller, trace.Project, Permission.ReadTraces, cancellationToken);
        var known = await verdicts.ForTracesAsync(trace.Project, [trace.TraceId], caller.UserId, cancellationToken);
        return known.GetValueOrDefault(trace.TraceId);
    }
}
