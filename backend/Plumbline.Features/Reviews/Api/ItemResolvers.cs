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
    public async Task<SpanView> Span([Parent] ReviewItemView item, TraceLoader traces, SeenLoader seen)
    {
        // Together: one after the other, the traces of an answer would be asked for in two parts.
        var recorded = seen.OpenAsync(item.Project, item.SpanReference.TraceId);
        var trace = await traces.LoadAsync(item.Project, item.SpanReference.TraceId);
        await recorded;
        return trace?.Spans.FirstOrDefault(s => s.SpanId == item.SpanReference.SpanId)
            ?? throw new RequestFailedException(FailureCode.NotFound, "The span of this item has been deleted from the project.");
    }

    public Task<IReadOnlyList<ReviewView>> Reviews([Parent] ReviewItemView item, SeenLoader seen) => SeenAsync(item, seen, item.Reviews);

    public Task<IReadOnlyList<ReviewView>> UndoneReviews([Parent] ReviewItemView item, SeenLoader seen) => SeenAsync(item, seen, item.UndoneReviews);

    private static async Task<IReadOnlyList<ReviewView>> SeenAsync(ReviewItemView item, SeenLoader seen, IReadOnlyList<ReviewView> reviews)
    {
        if (reviews.Count > 0) await seen.OpenAsync(item.Project, item.SpanReference.TraceId);
        return reviews;
    }
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
        await (await scopes.EnterAsync(assignment.Project)).Queue(assignment.QueueId).GetAsync();

    public async Task<ReviewSubject> Subject([Parent] AssignmentView assignment, ScopeLoader scopes, CancellationToken cancellationToken)
    {
        var scope = await scopes.EnterAsync(assignment.Project);
        var queue = await scope.Queue(assignment.QueueId).GetAsync();
        // What another queue hides of the same trace would else be read here.
        var elsewhere = (await blinding.ForAsync(scope, cancellationToken)).RulesFor(assignment.SpanReference.TraceId);
        var rules = elsewhere is null ? queue.Blinding : queue.Blinding.Or(elsewhere);
        return await subjects.ReadAsync(assignment.Project, assignment.SpanReference, rules, cancellationToken);
    }
}

[ResolversFor("Trace")]
internal sealed class TraceVerdictResolvers
{
    public async Task<VerdictView?> Verdict([Parent] TraceView trace, VerdictLoader verdicts, SeenLoader seen)
    {
        if (await verdicts.LoadAsync((trace.Project, trace.TraceId)) is not { } verdict) return null;
        await seen.ListAsync(trace.Project, trace.TraceId);
        return verdict;
    }
}
