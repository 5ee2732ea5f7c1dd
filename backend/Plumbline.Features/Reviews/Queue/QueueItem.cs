using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>One span in the queue and everything that happened to it.</summary>
internal sealed class QueueItem
{
    public required string ItemId { get; init; }

    public required SpanReference Span { get; init; }

    /// <summary>Its place in the order of adding.</summary>
    public required int Position { get; init; }

    public GoldenAnswer? Golden { get; init; }

    /// <summary>Reviews it gets, never more.</summary>
    public required int ReviewsNeeded { get; set; }

    /// <summary>Who asked last for one review more.</summary>
    public string? ExtraReviewFor { get; set; }

    public List<QueueReview> Reviews { get; init; } = [];

    public List<QueueAssignment> Assignments { get; init; } = [];

    public QueueReview? Adjudication { get; set; }

    public HashSet<string> RevealedTo { get; init; } = [];

    public HashSet<string> SkippedBy { get; init; } = [];

    public bool NeedsReviews => Reviews.Count < ReviewsNeeded;

    public bool IsReviewedBy(string userId) => Reviews.Exists(r => r.ReviewerId == userId);

    /// <summary>Whether the person may still be given it, if they review in the queue: then they are blinded to it.</summary>
    public bool IsPendingFor(string userId) => NeedsReviews && IsOpenTo(userId);

    /// <summary>Whether the person has neither judged it nor looked at what others said.</summary>
    public bool IsOpenTo(string userId) => !IsReviewedBy(userId) && !RevealedTo.Contains(userId);

    /// <summary>Whether a review of it was submitted then or later, so that its author may take it back.</summary>
    public bool MayBeTakenBack(DateTimeOffset undoableSince) => Adjudication is null && Reviews.Exists(r => r.SubmittedAt >= undoableSince);

    /// <summary>Whether a slot is left that no other person holds.</summary>
    public bool HasSlotFor(string userId, DateTimeOffset now) =>
        Reviews.Count + Assignments.Count(a => a.ReviewerId != userId && a.HoldsSlot(now)) < ReviewsNeeded;

    /// <summary>Whether others have begun it.</summary>
    public bool IsBegun(string userId, DateTimeOffset now) => Reviews.Count > 0 || Assignments.Exists(a => a.ReviewerId != userId && a.HoldsSlot(now));

    public QueueAssignment? OpenAssignmentOf(string userId) => Assignments.Find(a => a.ReviewerId == userId && a.State == AssignmentState.Open);

    public ReviewItemState StateAt(DateTimeOffset now)
    {
        if (Adjudication is not null) return ReviewItemState.Adjudicated;
        if (!NeedsReviews && Reviews.Count > 0) return IsUnanimous ? ReviewItemState.Agreed : ReviewItemState.Disputed;
        return Reviews.Count > 0 || Assignments.Exists(a => a.HoldsSlot(now)) ? ReviewItemState.InReview : ReviewItemState.Waiting;
    }

    /// <summary>Whether it waits for an adjudicator.</summary>
    public bool IsDisputed => Adjudication is null && !NeedsReviews && !IsUnanimous;

    /// <summary>What counts: the adjudicator's word, or that of all reviewers; null while there is neither.</summary>
    public Label? Consensus => Adjudication?.Label ?? (!NeedsReviews && Reviews.Count > 0 && IsUnanimous ? Reviews[0].Label : null);

    private bool IsUnanimous => Reviews.TrueForAll(r => r.Label == Reviews[0].Label);
}
