using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Handing in, skipping, taking back and correcting one's own review.</summary>
internal static class DecideReview
{
    /// <summary>The event of a submit; none when this turn has become a review already (the same submit twice is one review).</summary>
    public static IReadOnlyList<ReviewQueueEvent> Submit(ReviewQueueState state, SubmittedReview review, ReviewsOptions options, DateTimeOffset now)
    {
        var assignment = OwnAssignment(state, review.AssignmentId, review.ReviewerId);
        if (assignment.State == AssignmentState.Submitted) return [];
        DecideSetup.RequireOpen(state);
        if (!state.Reviewers.Contains(review.ReviewerId)) throw Failure.Forbidden("You are not a reviewer of this queue any more.");
        var rubric = state.Rubrics[assignment.RubricVersion - 1];
        CheckContent(rubric, review.Label, review.Reasoning, review.FailureModes, review.CorrectedOutput, options);
        if (!MayStillSubmit(state, assignment, now)) throw WhyNot(state, assignment);
        var seconds = review.SecondsSpent ?? (now - assignment.ClaimedAt).TotalSeconds;
        return [new ReviewSubmitted(RandomId.New(), review, double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 86_400) : 0, now)];
    }

    /// <summary>The event of a skip; none when this turn was skipped already.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Skip(
        ReviewQueueState state, string assignmentId, string reviewerId, string? reason, ReviewsOptions options, DateTimeOffset now)
    {
        var assignment = OwnAssignment(state, assignmentId, reviewerId);
        if (assignment.State == AssignmentState.Ended && state.Index.Item(assignment.ItemId)!.SkippedBy.Contains(reviewerId)) return [];
        DecideSetup.RequireOpen(state);
        if (assignment.State != AssignmentState.Open) throw Failure.Conflict("This turn has ended; there is nothing to skip.");
        if (string.IsNullOrWhiteSpace(reason)) throw Failure.BadInput("Say why you skip it: whoever runs the queue needs to know, should nobody take it.");
        if (reason.Length > options.MaxTextLength)
            throw Failure.BadInput($"The reason has {reason.Length} characters; at most {options.MaxTextLength} are allowed.");
        return [new ItemSkipped(assignmentId, reason, now)];
    }

    /// <summary>The turn that a review was undone into, while its reviewer holds it.</summary>
    public static QueueAssignment? TurnAfterUndo(ReviewQueueState state, string reviewId, string reviewerId) =>
        !state.IsClosed && state.Index.Held.GetValueOrDefault(reviewerId) is { } held && held.TakesBack == reviewId ? held : null;

    public static ReviewUndone Undo(ReviewQueueState state, string reviewId, string reviewerId, ReviewsOptions options, DateTimeOffset now)
    {
        var (review, item) = OwnReview(state, reviewId, reviewerId);
        DecideSetup.RequireOpen(state);
        if (!state.Reviewers.Contains(reviewerId)) throw Failure.Forbidden("You are not a reviewer of this queue any more.");
        if (item.Adjudication is not null) throw Failure.Conflict("The item has been adjudicated; its reviews stay as they are.");
        if (item.RevealedTo.Contains(reviewerId)) throw Failure.Conflict("You have revealed this item to yourself since; revise the review instead.");
        if (state.Index.ReviewsOf(reviewerId)[^1] != review) throw Failure.Conflict("Only your last review can be taken back. Revise this one instead.");
        if (review.UndoEnded)
            throw Failure.Conflict("You have finished this review, or gone on to another one since, so it can no longer be taken back. Revise it instead.");
        if (state.IsExposed(item, reviewerId))
            throw Failure.Conflict(
                "You could read this item while you were no reviewer of the queue, so the review can no longer be taken back. Revise it instead.");
        if (review.SubmittedAt < options.UndoableSince(now))
            throw Failure.Conflict($"A review can be taken back for {options.UndoWindow.TotalSeconds:0} seconds. Revise it instead.");
        return new ReviewUndone(reviewId, RandomId.New(), now + state.Lease, now);
    }

    /// <summary>The event of giving up the right to take a review back, so that blinding ends; none when that right has ended already.</summary>
    public static IReadOnlyList<ReviewQueueEvent> WaiveUndo(
        ReviewQueueState state, string reviewId, string reviewerId, ReviewsOptions options, DateTimeOffset now)
    {
        var (review, item) = OwnReview(state, reviewId, reviewerId);
        return DecidePending.MayBeTakenBack(state, item, review, options.UndoableSince(now)) ? [new UndoWaived(reviewId, now)] : [];
    }

    /// <summary>The event of a revision; none when the review says the same. Once the item has been complete, what counts stays: its author may have read by
    /// then what others said.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Revise(ReviewQueueState state, RevisedReview revised, ReviewsOptions options, DateTimeOffset now)
    {
        var (review, item) = OwnReview(state, revised.ReviewId, revised.ReviewerId);
        if (review.IsSameAs(revised)) return [];
        DecideSetup.RequireOpen(state);
        if (item.Adjudication is not null) throw Failure.Conflict("The item has been adjudicated; its reviews stay as they are.");
        CheckContent(state.Rubric, revised.Label, revised.Reasoning, revised.FailureModes, revised.CorrectedOutput, options);
        var beside = item.WasComplete || !item.NeedsReviews;
        var reopens = beside && item.Consensus is { } agreed && agreed != revised.Label;
        // Until it was decided for good, those who are left had been blinded to it.
        var exposed = reopens && DecidePending.IsSettled(state, item, options.UndoableSince(now)) ? state.Reviewers.Where(r => state.IsOpenTo(item, r)) : [];
        return [new ReviewRevised(revised, now) { KeptBeside = beside, Exposed = [.. exposed] }];
    }

    private static bool MayStillSubmit(ReviewQueueState state, QueueAssignment assignment, DateTimeOffset now)
    {
        if (assignment.State != AssignmentState.Open) return false;
        if (assignment.HoldsSlot(now)) return true;
        var item = state.Index.Item(assignment.ItemId)!;
        return state.IsOpenTo(item, assignment.ReviewerId) && item.HasSlotFor(assignment.ReviewerId, now);
    }

    private static RequestFailedException WhyNot(ReviewQueueState state, QueueAssignment assignment)
    {
        var item = state.Index.Item(assignment.ItemId)!;
        if (item.RevealedTo.Contains(assignment.ReviewerId))
            return Failure.Conflict("You have revealed this item to yourself, so you can no longer review it. Claim the next item.");
        if (state.IsExposed(item, assignment.ReviewerId))
            return Failure.Conflict("You could read this item while you were no reviewer of the queue, so you can no longer review it. Claim the next item.");
        if (assignment.State == AssignmentState.Ended) return Failure.Conflict("You have skipped this item or taken its review back. Claim the next item.");
        return new RequestFailedException(
            FailureCode.LeaseExpired,
            "Your turn at this item ran out and somebody else has taken it. Your text is kept in your browser; claim the next item.");
    }

    private static QueueAssignment OwnAssignment(ReviewQueueState state, string assignmentId, string reviewerId)
    {
        DecideSetup.RequireExists(state);
        return state.Index.Assignment(assignmentId) is { } found && found.ReviewerId == reviewerId ? found : throw Failure.NotFound();
    }

    private static (QueueReview Review, QueueItem Item) OwnReview(ReviewQueueState state, string reviewId, string reviewerId)
    {
        DecideSetup.RequireExists(state);
        return state.Index.Review(reviewId) is { AssignmentId: not null } found && found.ReviewerId == reviewerId
            ? (found, state.Index.Item(found.ItemId)!)
            : throw Failure.NotFound();
    }

    private static void CheckContent(
        Rubric rubric, Label label, string? reasoning, ImmutableArray<string> failureModes, string? correctedOutput, ReviewsOptions options)
    {
        var required = rubric.ReasoningRequired == ReasoningRequired.Always || (rubric.ReasoningRequired == ReasoningRequired.OnFail && label == Label.Fail);
        if (required && string.IsNullOrWhiteSpace(reasoning)) throw Failure.BadInput(label == Label.Fail ? "Say why it fails." : "Say why.");
        if (reasoning?.Length > options.MaxTextLength)
            throw Failure.BadInput($"The reasoning has {reasoning.Length} characters; at most {options.MaxTextLength} are allowed.");
        if (correctedOutput?.Length > options.MaxCorrectedOutputLength)
            throw Failure.BadInput($"The corrected output has {correctedOutput.Length} characters; at most {options.MaxCorrectedOutputLength} are allowed.");
        if (failureModes.FirstOrDefault(key => !rubric.FailureModes.Any(m => m.Key == key)) is { } unknown)
            throw Failure.BadInput($"The rubric has no failure mode '{unknown}'. Take one of: {string.Join(", ", rubric.FailureModes.Select(m => m.Key))}.");
    }
}
