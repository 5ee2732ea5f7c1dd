using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

/// <summary>What reviewers do.</summary>
[ResolversFor("Mutation")]
internal sealed class ReviewMutations(IGrainFactory grains, IAccessControl access, ReviewGate gate, ITraceReader traces, ITraceOpenings openings)
{
    public async Task<ClaimPayload> ClaimNextReview(ClaimNextReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        var assignment = await queue.Claim(reviewer);
        if (assignment is not null) await grains.GetGrain<IReviewerGrain>(reviewer).Join(new QueueReference(project, queueId));
        return new ClaimPayload(assignment);
    }

    public async Task<SubmitReviewPayload> SubmitReview(SubmitReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, assignmentId) = QueuePartKey.Parse(input.AssignmentId, NodeKinds.ReviewAssignment);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        var span = await queue.SpanOf(assignmentId, reviewer) ?? throw Failure.NotFound();
        var seen = await openings.FindAsync(project, reviewer, span.TraceId, () => StartAsync(project, span, cancellationToken), cancellationToken);
        var review = await queue.Submit(new SubmittedReview
        {
            AssignmentId = assignmentId,
            ReviewerId = reviewer,
            Label = input.Label,
            Reasoning = input.Reasoning,
            FailureModes = [.. input.FailureModes ?? []],
            CorrectedOutput = input.CorrectedOutput,
            SecondsSpent = input.SecondsSpent,
            SeenBefore = seen is not null,
            Seen = seen,
        });
        return new SubmitReviewPayload(review, input.ClaimNext is false ? null : await queue.Claim(reviewer));
    }

    public async Task<ClaimPayload> SkipReview(SkipReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, assignmentId) = QueuePartKey.Parse(input.AssignmentId, NodeKinds.ReviewAssignment);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        await queue.Skip(assignmentId, reviewer, input.Reason);
        return new ClaimPayload(await queue.Claim(reviewer));
    }

    public async Task<ClaimPayload> UndoReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.Id, NodeKinds.Review);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        return new ClaimPayload(await queue.Undo(reviewId, ReviewGate.RequirePerson(caller)));
    }

    /// <summary>Shows the item where the caller may see it: a plain reviewer sees no traces, and another queue may need an unbiased eye still.</summary>
    public async Task<FinishReviewPayload> FinishReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.Id, NodeKinds.Review);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var person = ReviewGate.RequirePerson(caller);
        var review = await queue.WaiveUndo(reviewId, person);
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        var isShown = granted.Has(Permission.ReadTraces) && !await gate.IsBlindedAsync(caller, project, queueId, review.ItemId, cancellationToken);
        return new FinishReviewPayload(
            review, isShown ? await queue.GetItem(review.ItemId, new QueueViewer(person, granted.Has(Permission.Adjudicate))) : null);
    }

    public async Task<SubmitReviewPayload> ReviseReview(ReviseReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.ReviewId, NodeKinds.Review);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var review = await queue.Revise(new RevisedReview
        {
            ReviewId = reviewId,
            ReviewerId = ReviewGate.RequirePerson(caller),
            Label = input.Label,
            Reasoning = input.Reasoning,
            FailureModes = [.. input.FailureModes ?? []],
            CorrectedOutput = input.CorrectedOutput,
        });
        return new SubmitReviewPayload(review, null);
    }

    private async ValueTask<DateTimeOffset?> StartAsync(ProjectKey project, SpanReference span, CancellationToken cancellationToken) =>
        await traces.FindTraceAsync(project, span.TraceId, cancellationToken) is { } found
            ? DateTimeOffset.UnixEpoch.AddTicks(found.Trace.StartUnixNano / 100)
            : null;
}

/// <summary>What adjudicators do, and those who may lift their own blinding.</summary>
[ResolversFor("Mutation")]
internal sealed class AdjudicationMutations(IAuditLog audit, ReviewGate gate)
{
    public async Task<ReviewItemPayload> Adjudicate(AdjudicateInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, itemId) = QueuePartKey.Parse(input.ItemId, NodeKinds.ReviewItem);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Adjudicate, cancellationToken);
        await gate.RequireUnblindedAsync(caller, project, queueId, itemId, cancellationToken);
        var item = await queue.Adjudicate(new Adjudication
        {
            ItemId = itemId,
            AdjudicatorId = ReviewGate.RequirePerson(caller),
            Label = input.Label,
            Reasoning = input.Reasoning,
            CorrectedOutput = input.CorrectedOutput,
        });
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ItemAdjudicated, input.ItemId, project) with { Once = itemId },
            cancellationToken);
        return new ReviewItemPayload(item);
    }

    public async Task<ReviewItemPayload> RequestExtraReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, itemId) = QueuePartKey.Parse(input.Id, NodeKinds.ReviewItem);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Adjudicate, cancellationToken);
        await gate.RequireUnblindedAsync(caller, project, queueId, itemId, cancellationToken);
        var item = await queue.RequestExtraReview(itemId, ReviewGate.RequirePerson(caller));
        // As long as nobody has given it, asking again is the same deed.
        var entry = AuditEntry.By(caller, AuditActions.ExtraReviewRequested, input.Id, project) with { Once = $"{itemId} {item.Reviews.Length}" };
        await audit.AppendAsync(project.Organization, entry, cancellationToken);
        return new ReviewItemPayload(item);
    }

    /// <summary>Takes the id of an item, or that of one's own assignment: a reviewer knows no other.</summary>
    public async Task<ReviewItemPayload> RevealItem(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var byAssignment = input.Id.StartsWith(NodeKinds.ReviewAssignment + "_", StringComparison.Ordinal);
        var (project, queueId, partId) = QueuePartKey.Parse(input.Id, byAssignment ? NodeKinds.ReviewAssignment : NodeKinds.ReviewItem);
        var queue = await gate.RequireAsync(caller, project, queueId, Permission.Reveal, cancellationToken);
        var person = ReviewGate.RequirePerson(caller);
        var itemId = byAssignment ? await queue.ItemOf(partId, person) ?? throw Failure.NotFound() : partId;
        if (!await queue.IsPending(itemId, person) && !await queue.IsRevealed(itemId, person))
            await gate.RequireUnblindedAsync(caller, project, queueId, itemId, cancellationToken);
        var item = await queue.Reveal(itemId, person);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ItemRevealed, item.Id, project) with { Once = itemId },
            cancellationToken);
        // Another queue, or another output of the trace, may still need an unbiased eye.
        await gate.RequireUnblindedAsync(caller, project, queueId, itemId, cancellationToken);
        return new ReviewItemPayload(item);
    }
}
