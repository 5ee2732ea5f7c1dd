using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

/// <summary>What reviewers do.</summary>
[ResolversFor("Mutation")]
internal sealed class ReviewMutations(
    IGrainFactory grains, ReviewGate gate, ITraceReader traces, ITraceOpenings openings, IContentRedactor redactor)
{
    public async Task<ClaimPayload> ClaimNextReview(ClaimNextReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        var assignment = await scope.Turns.ClaimAsync(reviewer);
        if (assignment is not null) await grains.GetGrain<IReviewerGrain>(reviewer).JoinAsync(new QueueReference(project, queueId));
        return new ClaimPayload(assignment);
    }

    public async Task<SubmitReviewPayload> SubmitReview(SubmitReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, assignmentId) = QueuePartKey.Parse(input.AssignmentId, NodeKinds.ReviewAssignment);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        var span = await scope.Turns.SpanOfAsync(assignmentId, reviewer) ?? throw Failure.NotFound();
        var seen = await openings.FindAsync(project, reviewer, span.TraceId, () => StartAsync(project, span, cancellationToken), cancellationToken);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var review = await scope.Turns.SubmitAsync(new SubmittedReview
        {
            AssignmentId = assignmentId,
            ReviewerId = reviewer,
            Label = input.Label,
            Reasoning = rules.Text(input.Reasoning),
            FailureModes = [.. input.FailureModes ?? []],
            CorrectedOutput = rules.Text(input.CorrectedOutput),
            SecondsSpent = input.SecondsSpent,
            SeenBefore = seen is not null,
            Seen = seen,
        });
        return new SubmitReviewPayload(review, input.ClaimNext is false ? null : await scope.Turns.ClaimAsync(reviewer));
    }

    public async Task<ClaimPayload> SkipReview(SkipReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, assignmentId) = QueuePartKey.Parse(input.AssignmentId, NodeKinds.ReviewAssignment);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var reviewer = ReviewGate.RequirePerson(caller);
        await scope.Turns.SkipAsync(assignmentId, reviewer, (await redactor.ForAsync(project, cancellationToken)).Text(input.Reason));
        return new ClaimPayload(await scope.Turns.ClaimAsync(reviewer));
    }

    public async Task<ClaimPayload> UndoReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.Id, NodeKinds.Review);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        return new ClaimPayload(await scope.Turns.UndoAsync(reviewId, ReviewGate.RequirePerson(caller)));
    }

    /// <summary>Shows the item where the caller may see it: a plain reviewer sees no traces, and another queue may need an unbiased eye still.</summary>
    public async Task<FinishReviewPayload> FinishReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.Id, NodeKinds.Review);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var review = await scope.Turns.WaiveUndoAsync(reviewId, ReviewGate.RequirePerson(caller));
        var isShown = scope.Project.Has(Permission.ReadTraces) && !await gate.IsBlindedAsync(scope, review.ItemId, cancellationToken);
        return new FinishReviewPayload(review, isShown ? await scope.Queue.GetItemAsync(review.ItemId, ReviewGate.ViewerOf(scope.Project)) : null);
    }

    public async Task<SubmitReviewPayload> ReviseReview(ReviseReviewInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, reviewId) = QueuePartKey.Parse(input.ReviewId, NodeKinds.Review);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Review, cancellationToken);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var review = await scope.Turns.ReviseAsync(new RevisedReview
        {
            ReviewId = reviewId,
            ReviewerId = ReviewGate.RequirePerson(caller),
            Label = input.Label,
            Reasoning = rules.Text(input.Reasoning),
            FailureModes = [.. input.FailureModes ?? []],
            CorrectedOutput = rules.Text(input.CorrectedOutput),
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
internal sealed class AdjudicationMutations(IAuditLog audit, ReviewGate gate, IContentRedactor redactor)
{
    public async Task<ReviewItemPayload> Adjudicate(AdjudicateInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, itemId) = QueuePartKey.Parse(input.ItemId, NodeKinds.ReviewItem);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Adjudicate, cancellationToken);
        await gate.RequireUnblindedAsync(scope, itemId, cancellationToken);
        var rules = await redactor.ForAsync(project, cancellationToken);
        var item = await scope.Turns.AdjudicateAsync(new Adjudication
        {
            ItemId = itemId,
            AdjudicatorId = ReviewGate.RequirePerson(caller),
            Label = input.Label,
            Reasoning = rules.Text(input.Reasoning),
            CorrectedOutput = rules.Text(input.CorrectedOutput),
        });
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ItemAdjudicated, input.ItemId, project) with { Once = itemId },
            cancellationToken);
        return new ReviewItemPayload(item);
    }

    public async Task<ReviewItemPayload> RequestExtraReview(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId, itemId) = QueuePartKey.Parse(input.Id, NodeKinds.ReviewItem);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Adjudicate, cancellationToken);
        await gate.RequireUnblindedAsync(scope, itemId, cancellationToken);
        var item = await scope.Turns.RequestExtraReviewAsync(itemId, ReviewGate.RequirePerson(caller));
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
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.Reveal, cancellationToken);
        var person = ReviewGate.RequirePerson(caller);
        var itemId = byAssignment ? await scope.Turns.ItemOfAsync(partId, person) ?? throw Failure.NotFound() : partId;
        if (!await scope.Queue.IsPendingAsync(itemId, person) && !await scope.Queue.IsRevealedAsync(itemId, person))
            await gate.RequireUnblindedAsync(scope, itemId, cancellationToken);
        var item = await scope.Turns.RevealAsync(itemId, person);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ItemRevealed, item.Id, project) with { Once = itemId },
            cancellationToken);
        // Another queue, or another output of the trace, may still need an unbiased eye.
        await gate.RequireUnblindedAsync(scope, itemId, cancellationToken);
        return new ReviewItemPayload(item);
    }
}
