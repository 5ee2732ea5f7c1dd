using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Queue;

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
        if (!MayStillSubmit(state, assignment, now))
            throw new RequestFailedException(
                FailureCode.LeaseExpired,
                "Your turn at this item ran out and somebody else has taken it. Your text is kept in your browser; claim the next item.");
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
        if (reason?.Length > options.MaxTextLength)
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
        if (item.Adjudication is not null) throw Failure.Conflict("The item has been adjudicated; its reviews stay as they are.");
        if (item.RevealedTo.Contains(reviewerId)) throw Failure.Conflict("You have revealed this item to yourself since; revise the review instead.");
        if (state.Index.ReviewsOf(reviewerId)[^1] != review) throw Failure.Conflict("Only your last review can be taken back. Revise this one instead.");
        if (now - review.SubmittedAt > options.UndoWindow)
            throw Failure.Conflict($"A review can be taken back for {options.UndoWindow.TotalSeconds:0} seconds. Revise it instead.");
        return new ReviewUndone(reviewId, RandomId.New(), now + state.Lease, now);
    }

    /// <summary>The event of a revision; none when the review says the same.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Revise(ReviewQueueState state, RevisedReview revised, ReviewsOptions options, DateTimeOffset now)
    {
        var (review, item) = OwnReview(state, revised.ReviewId, revised.ReviewerId);
        if (review.Says(revised)) return [];
        DecideSetup.RequireOpen(state);
        if (item.Adjudication is not null) throw Failure.Conflict("The item has been adjudicated; its reviews stay as they are.");
        CheckContent(state.Rubric, revised.Label, revised.Reasoning, revised.FailureModes, revised.CorrectedOutput, options);
        return [new ReviewRevised(revised, now)];
    }

    private static bool MayStillSubmit(ReviewQueueState state, QueueAssignment assignment, DateTimeOffset now)
    {
        if (assignment.State != AssignmentState.Open) return false;
        if (assignment.HoldsSlot(now)) return true;
        var item = state.Index.Item(assignment.ItemId)!;
        return item.IsPendingFor(assignment.ReviewerId) && item.HasSlotFor(assignment.ReviewerId, now);
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
