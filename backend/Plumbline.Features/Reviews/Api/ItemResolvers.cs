using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Reviews.Subject;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

[ResolversFor("ReviewItem")]
internal sealed class ItemResolvers
{
    public async Task<SpanView> Span([Parent] ReviewItemView item, TraceLoader traces) =>
        (await traces.LoadAsync(item.Project, item.SpanReference.TraceId))?.Spans.FirstOrDefault(s => s.SpanId == item.SpanReference.SpanId)
            ?? throw new RequestFailedException(FailureCode.NotFound, "The span of this item has been deleted from the project.");
}

[ResolversFor("Review")]
internal sealed class ReviewResolvers
{
    public async Task<UserView?> Reviewer([Parent] ReviewView review, UserLoader users) =>
        review.ReviewerId is { } id ? await users.GetAsync(id) : null;
}

[ResolversFor("ReviewerAgreement")]
internal sealed class ReviewerAgreementResolvers
{
    public async Task<UserView> Reviewer([Parent] ReviewerAgreementView agreement, UserLoader users) =>
        await users.GetAsync(agreement.ReviewerId);
}

[ResolversFor("ReviewAssignment")]
internal sealed class AssignmentResolvers(SubjectReader subjects, IBlinding blinding)
{
    public async Task<ReviewQueueView> Queue([Parent] AssignmentView assignment, ScopeLoader scopes) =>
        await (await scopes.EnterAsync(assignment.Project)).Queue(assignment.QueueId).Get();

    public async Task<ReviewSubject> Subject([Parent] AssignmentView assignment, ScopeLoader scopes, CancellationToken cancellationToken)
    {
        var scope = await scopes.EnterAsync(assignment.Project);
        var rules = (await scope.Queue(assignment.QueueId).Get()).Blinding;
        // What another queue hides of the trace would be told by this one.
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        if (blinded.Rules.TryGetValue(assignment.SpanReference.TraceId, out var others)) rules = rules.And(others);
        return await subjects.ReadAsync(assignment.Project, assignment.SpanReference, rules, cancellationToken);
    }
}

[ResolversFor("Trace")]
internal sealed class TraceVerdictResolvers
{
    public Task<VerdictView?> Verdict([Parent] TraceView trace, VerdictLoader verdicts) => verdicts.LoadAsync((trace.Project, trace.TraceId));
}
