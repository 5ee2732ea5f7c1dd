using System.Text.Json.Serialization;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

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

    /// <summary>Every skip with its reason, oldest first. Older ones are in <see cref="SkippedBy"/> alone.</summary>
    public List<QueueSkip> Skips { get; init; } = [];

    /// <summary>Reviewers who could read it while it was decided, and whom nobody asks any more now that it is open again.</summary>
    public HashSet<string> ExposedTo { get; init; } = [];

    /// <summary>Reviews that their authors took back, oldest first.</summary>
    public List<QueueReview> Undone { get; init; } = [];

    /// <summary>Whether it has once had all its reviews: from then on the labels that count stand.</summary>
    public bool WasComplete { get; set; }

    /// <summary>Whether a reviewer has changed their mind after all agreed. Only an adjudicator settles that.</summary>
    public bool IsContested { get; set; }

    /// <summary>Whether its output may change no more: somebody was given it, or what is right is known of it as it is.</summary>
    [JsonIgnore] public bool IsFixed => Assignments.Count > 0 || Golden is not null;

    public bool NeedsReviews => Reviews.Count < ReviewsNeeded;

    public bool IsReviewedBy(string userId) => Reviews.Exists(r => r.ReviewerId == userId);

    public QueueReview? ReviewOf(string userId) => Reviews.Find(r => r.ReviewerId == userId);

    public int SkipsOf(string userId) => SkippedBy.Contains(userId) ? Math.Max(1, Skips.Count(s => s.ReviewerId == userId)) : 0;

    /// <summary>Whether anybody holds a slot.</summary>
    public bool IsHeld(DateTimeOffset now) => Assignments.Exists(a => a.HoldsSlot(now));

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
        return BegunStateAt(now);
    }

    /// <summary>Its state as somebody sees it who may not know what came of it.</summary>
    public ReviewItemState BegunStateAt(DateTimeOffset now) => Reviews.Count > 0 || IsHeld(now) ? ReviewItemState.InReview : ReviewItemState.Waiting;

    /// <summary>Whether it waits for an adjudicator.</summary>
    public bool IsDisputed => Adjudication is null && !NeedsReviews && !IsUnanimous;

    /// <summary>What counts: the adjudicator's word, or that of all reviewers; null while there is neither.</summary>
    public Label? Consensus => Adjudication?.Label ?? (!NeedsReviews && Reviews.Count > 0 && IsUnanimous ? Reviews[0].CountedLabel : null);

    private bool IsUnanimous => !IsContested && Reviews.TrueForAll(r => r.CountedLabel == Reviews[0].CountedLabel);
}
