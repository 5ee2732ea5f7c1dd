using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>The work in a queue: a reviewer's turns, and the decisions on what the reviewers dispute. See <see cref="IReviewQueueGrain"/>.</summary>
[Alias("IQueueTurns")]
public interface IQueueTurns : IGrainWithStringKey
{
    /// <summary>The reviewer's next item, leased; null when nothing is left for them. FORBIDDEN for who is no reviewer or has not joined.</summary>
    [Alias("Claim")]
    Task<AssignmentView?> ClaimAsync(string reviewerId);

    /// <summary>An assignment of the reviewer that is still open, or null.</summary>
    [AlwaysInterleave, Alias("GetAssignment"), Repeatable]
    Task<AssignmentView?> GetAssignmentAsync(string assignmentId, string reviewerId);

    /// <summary>What an assignment of the reviewer is about, also after it was submitted; null when it is not theirs.</summary>
    [AlwaysInterleave, Alias("SpanOf"), Repeatable]
    Task<SpanReference?> SpanOfAsync(string assignmentId, string reviewerId);

    /// <summary>The item of an assignment of the reviewer; null when it is not theirs.</summary>
    [AlwaysInterleave, Alias("ItemOf"), Repeatable]
    Task<string?> ItemOfAsync(string assignmentId, string reviewerId);

    [Alias("Submit")]
    Task<ReviewView> SubmitAsync(SubmittedReview review);

    /// <summary>Ends the turn, for a reason; the same turn skipped again changes nothing. The item comes back once, when nothing else is left.</summary>
    [Alias("Skip")]
    Task SkipAsync(string assignmentId, string reviewerId, string? reason);

    /// <summary>Takes a review back into a new turn. Taken back again it is that turn, as long as it is the one that the reviewer holds.</summary>
    [Alias("Undo")]
    Task<AssignmentView> UndoAsync(string reviewId, string reviewerId);

    /// <summary>Gives up the right to take a review back, which ends its author's blinding; a review that cannot be taken back stays as it is.</summary>
    [Alias("WaiveUndo")]
    Task<ReviewView> WaiveUndoAsync(string reviewId, string reviewerId);

    /// <summary>Changes a review. One that says this already stays as it is.</summary>
    [Alias("Revise")]
    Task<ReviewView> ReviseAsync(RevisedReview review);

    /// <summary>Decides a disputed item. The same decision by the same person again changes nothing.</summary>
    [Alias("Adjudicate")]
    Task<ReviewItemView> AdjudicateAsync(Adjudication adjudication);

    /// <summary>Has a disputed item reviewed once more. Asked again by the same person before that review is in, it is the same one.</summary>
    [Alias("RequestExtraReview")]
    Task<ReviewItemView> RequestExtraReviewAsync(string itemId, string by);

    /// <summary>Lifts blinding on the item for the person; lifting it again changes nothing.</summary>
    [Alias("Reveal")]
    Task<ReviewItemView> RevealAsync(string itemId, string userId);

    [AlwaysInterleave, Alias("GetMyProgress"), Repeatable]
    Task<MyReviewProgress> GetMyProgressAsync(string reviewerId);

    /// <summary>The reviewer's own reviews, newest first.</summary>
    [AlwaysInterleave, Alias("GetMyReviews"), Repeatable]
    Task<ImmutableArray<ReviewView>> GetMyReviewsAsync(string reviewerId);
}
