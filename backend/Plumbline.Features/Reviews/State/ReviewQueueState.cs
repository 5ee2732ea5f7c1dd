using System.Text.Json.Serialization;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Requests;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Reviews.State;

/// <summary>A queue as the sum of its events. Decides nothing: the Decide classes do, and leave events for it to take in.</summary>
internal sealed class ReviewQueueState : IJournaledState<ReviewQueueEvent>, IErasableState
{
    private QueueIndex? _index;

    public string? Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public List<Rubric> Rubrics { get; set; } = [];

    public BlindingRules Blinding { get; set; } = new(true, true, true, true, true);

    public int ReviewsPerItem { get; set; }

    public int LeaseMinutes { get; set; }

    public bool OpenToAll { get; set; }

    public List<string> Reviewers { get; set; } = [];

    public List<QueueItem> Items { get; set; } = [];

    /// <summary>For those who were reviewers once and could read while they were none: the first position that they did not meet then.</summary>
    public Dictionary<string, int> ExposedBefore { get; set; } = [];

    /// <summary>How often each person has joined or left.</summary>
    public Dictionary<string, int> Moves { get; set; } = [];

    /// <summary>Goes up when the set of those who are blinded to something may have changed.</summary>
    public long PendingVersion { get; set; }

    /// <summary>The journal's objects may still hold what has been erased.</summary>
    public bool LogHoldsErased { get; set; }

    /// <summary><see cref="Plumbline.Contracts.RequestKey.Content"/> of the request that made it.</summary>
    public string? RequestContent { get; set; }

    /// <summary>What was asked for within a day and can be repeated.</summary>
    public List<AnsweredRequest> Requests { get; set; } = [];

    [JsonIgnore] public bool Exists => Name is not null && DeletedAt is null;

    [JsonIgnore] public bool IsClosed => ClosedAt is not null;

    [JsonIgnore] public Rubric Rubric => Rubrics[^1];

    [JsonIgnore] public TimeSpan Lease => TimeSpan.FromMinutes(LeaseMinutes);

    /// <summary>Items, assignments and reviews by what they are looked up by. Follows from the rest, so it is not stored.</summary>
    [JsonIgnore] public QueueIndex Index => _index ??= new QueueIndex(Items);

    [JsonIgnore] private int NextPosition => Items.Count == 0 ? 0 : Items[^1].Position + 1;

    /// <summary>Whether the person could read the item although they were to be asked, and is asked no more.</summary>
    public bool IsExposed(QueueItem item, string userId) =>
        (ExposedBefore.TryGetValue(userId, out var before) && item.Position < before) || item.ExposedTo.Contains(userId);

    /// <summary>Whether the person has neither judged the item nor looked, or been able to look, at what others said.</summary>
    public bool IsOpenTo(QueueItem item, string userId) =>
        !item.IsReviewedBy(userId) && !item.RevealedTo.Contains(userId) && !IsExposed(item, userId);

    public void Apply(ReviewQueueEvent happened)
    {
        if (happened is not (ItemClaimed or LeaseRenewed or ItemSkipped or ErasedPurged)) PendingVersion++;
        switch (happened)
        {
            case QueueCreated e: Create(e); break;
            case QueueChanged e: Change(e); break;
            case QueueClosed e: ClosedAt = e.At; break;
            case QueueDeleted e: DeletedAt = e.At; break;
            case ReviewerJoined e: Join(e.ReviewerId); break;
            case ReviewerLeft e: Leave(e.ReviewerId); break;
            case ItemsAdded e: Add(e); break;
            case ItemClaimed e: Claim(e.AssignmentId, Index.Item(e.ItemId)!, e.ReviewerId, e.LeaseUntil, e.At); break;
            case LeaseRenewed e: Renew(e); break;
            case ItemSkipped e: Skip(e); break;
            case ReviewSubmitted e: Submit(e); break;
            case ReviewUndone e: Undo(e); break;
            case UndoWaived e: Index.Review(e.ReviewId)!.UndoEnded = true; break;
            case ReviewRevised e: Revise(e); break;
            case ExtraReviewRequested e: RequestExtra(Index.Item(e.ItemId)!, e.By); break;
            case ItemAdjudicated e: Adjudicate(e); break;
            case ItemRevealed e: Reveal(Index.Item(e.ItemId)!, e.UserId); break;
            case ItemsErased e: Erase(e); break;
            case ErasedPurged: LogHoldsErased = false; break;
            default: throw new InvalidOperationException($"{happened.GetType().Name} is not an event of a review queue.");
        }
    }

    private void Create(QueueCreated e)
    {
        var queue = e.Queue;
        (Name, CreatedAt, Blinding, ReviewsPerItem, LeaseMinutes) = (queue.Name, e.At, queue.Blinding, queue.ReviewsPerItem, queue.LeaseMinutes);
        (OpenToAll, Reviewers, RequestContent) = (queue.ReviewerIds is null, [.. queue.ReviewerIds ?? []], queue.Request?.Content);
        Rubrics = [new Rubric(1, queue.Instructions, queue.FailureModes, queue.ReasoningRequired)];
    }

    private void Change(QueueChanged e)
    {
        var change = e.Change;
        Name = change.Name ?? Name;
        var rubric = Rubric with
        {
            Instructions = change.Instructions ?? Rubric.Instructions,
            FailureModes = change.FailureModes ?? Rubric.FailureModes,
            ReasoningRequired = change.ReasoningRequired ?? Rubric.ReasoningRequired,
        };
        if (!RubricText.Same(rubric, Rubric)) Rubrics.Add(rubric with { Version = Rubric.Version + 1 });
        if (change.ReviewsPerItem is { } number) AskFor(number, e.At);
        if (change.ReviewerIds is not { } reviewers) return;
        (OpenToAll, Reviewers) = (false, [.. reviewers]);
        foreach (var open in Index.OpenAssignments().Where(a => !Reviewers.Contains(a.ReviewerId)).ToList()) End(open);
        foreach (var person in e.Exposed) ExposedBefore[person] = NextPosition;
    }

    /// <summary>Items that have their reviews stay as they are: whoever had been blinded to them could have read them since. Reviews that
    /// were given stand.</summary>
    private void AskFor(int number, DateTimeOffset at)
    {
        foreach (var item in Index.NeedingReviews.ToList())
        {
            // One whose review was taken back may need fewer than the queue asked for meanwhile: it has no extra ones.
            item.ReviewsNeeded = Math.Max(item.Reviews.Count, number + Math.Max(0, item.ReviewsNeeded - ReviewsPerItem));
            var slots = item.ReviewsNeeded - item.Reviews.Count;
            foreach (var surplus in item.Assignments.Where(a => a.HoldsSlot(at)).Skip(slots).ToList()) End(surplus);
            Complete(item);
            Index.Refresh(item);
        }
        ReviewsPerItem = number;
    }

    /// <summary>To be called when an item may have got all its reviews.</summary>
    private static void Complete(QueueItem item)
    {
        if (item.NeedsReviews) return;
        item.WasComplete = true;
        item.IsContested |= item.Reviews.Exists(r => r.Label != r.CountedLabel);
    }

    private void Join(string reviewerId)
    {
        Reviewers.Add(reviewerId);
        Moves[reviewerId] = Moves.GetValueOrDefault(reviewerId) + 1;
    }

    private void Leave(string reviewerId)
    {
        Moves[reviewerId] = Moves.GetValueOrDefault(reviewerId) + 1;
        Reviewers.Remove(reviewerId);
        foreach (var open in Index.OpenAssignments().Where(a => a.ReviewerId == reviewerId).ToList()) End(open);
        ExposedBefore[reviewerId] = NextPosition;
    }

    private void Add(ItemsAdded e)
    {
        AnsweredRequest.Keep(Requests, e.Answered);
        var index = Index; // made before the items are there: it takes in those it finds
        foreach (var added in e.Items)
        {
            var item = new QueueItem
            {
                ItemId = added.ItemId,
                Span = added.Span,
                Position = NextPosition,
                Golden = added.Golden,
                ReviewsNeeded = ReviewsPerItem,
            };
            Items.Add(item);
            index.Add(item);
        }
    }

    private void Claim(string assignmentId, QueueItem item, string reviewerId, DateTimeOffset leaseUntil, DateTimeOffset at)
    {
        var assignment = new QueueAssignment
        {
            AssignmentId = assignmentId,
            ItemId = item.ItemId,
            ReviewerId = reviewerId,
            ClaimedAt = at,
            LeaseUntil = leaseUntil,
            RubricVersion = Rubric.Version,
        };
        item.Assignments.Add(assignment);
        Index.Add(assignment);
        Index.Held[reviewerId] = assignment;
    }

    private void Renew(LeaseRenewed e)
    {
        var assignment = Index.Assignment(e.AssignmentId)!;
        (assignment.LeaseUntil, assignment.RubricVersion) = (e.LeaseUntil, Rubric.Version);
        Index.Held[assignment.ReviewerId] = assignment;
    }

    private void Skip(ItemSkipped e)
    {
        var assignment = Index.Assignment(e.AssignmentId)!;
        var item = Index.Item(assignment.ItemId)!;
        item.SkippedBy.Add(assignment.ReviewerId);
        item.Skips.Add(new QueueSkip(assignment.ReviewerId, e.Reason, e.At));
        End(assignment);
    }

    private void Submit(ReviewSubmitted e)
    {
        var assignment = Index.Assignment(e.Review.AssignmentId)!;
        var item = Index.Item(assignment.ItemId)!;
        var review = new QueueReview
        {
            ReviewId = e.ReviewId,
            ItemId = item.ItemId,
            ReviewerId = assignment.ReviewerId,
            AssignmentId = assignment.AssignmentId,
            Label = e.Review.Label,
            Reasoning = e.Review.Reasoning,
            FailureModes = e.Review.FailureModes,
            CorrectedOutput = e.Review.CorrectedOutput,
            RubricVersion = assignment.RubricVersion,
            SubmittedAt = e.At,
            SecondsSpent = e.SecondsSpent,
            SeenBefore = e.Review.SeenBefore,
            Seen = e.Review.Seen,
        };
        // Were the one before to be taken back after this one, its author would have read meanwhile what others said.
        if (Index.ReviewsOf(review.ReviewerId) is { Count: > 0 } own) own[^1].UndoEnded = true;
        item.Reviews.Add(review);
        Complete(item);
        Index.Add(review);
        End(assignment, AssignmentState.Submitted, review.ReviewId);
        Index.Refresh(item);
    }

    private void Undo(ReviewUndone e)
    {
        var review = Index.Review(e.ReviewId)!;
        var item = Index.Item(review.ItemId)!;
        item.Reviews.Remove(review);
        review.UndoneAt = e.At;
        item.Undone.Add(review);
        Index.Remove(review);
        if (review.AssignmentId is { } submitted) End(Index.Assignment(submitted)!);
        // Only a lease that still runs is cut: touching one that ran out would prolong it, and a restored queue could hold another one.
        if (Index.Held.TryGetValue(review.ReviewerId, out var held) && held.HoldsSlot(e.At)) held.LeaseUntil = e.At;
        Claim(e.AssignmentId, item, review.ReviewerId, e.LeaseUntil, e.At);
        Index.Assignment(e.AssignmentId)!.TakesBack = e.ReviewId;
        Index.Refresh(item);
    }

    private void Revise(ReviewRevised e)
    {
        var review = Index.Review(e.Review.ReviewId)!;
        var item = Index.Item(review.ItemId)!;
        if (e.KeptBeside)
        {
            review.LabelThatCounts ??= review.Label;
            item.IsContested |= item.Consensus is { } agreed && agreed != e.Review.Label;
        }
        review.Revise(e.Review, e.At);
        item.ExposedTo.UnionWith(e.Exposed);
        Index.Refresh(item);
    }

    private void RequestExtra(QueueItem item, string by)
    {
        (item.ReviewsNeeded, item.ExtraReviewFor) = (item.ReviewsNeeded + 1, by);
        Index.Refresh(item);
    }

    private void Adjudicate(ItemAdjudicated e)
    {
        var (item, decision) = (Index.Item(e.Decision.ItemId)!, e.Decision);
        item.Adjudication = new QueueReview
        {
            ReviewId = e.ReviewId,
            ItemId = item.ItemId,
            ReviewerId = decision.AdjudicatorId,
            Label = decision.Label,
            Reasoning = decision.Reasoning,
            CorrectedOutput = decision.CorrectedOutput,
            RubricVersion = Rubric.Version,
            SubmittedAt = e.At,
        };
        Index.Add(item.Adjudication);
        Index.Refresh(item);
    }

    private void Erase(ItemsErased e)
    {
        foreach (var item in e.ItemIds.Select(id => Index.Item(id)!))
        {
            foreach (var open in item.Assignments.Where(a => a.State == AssignmentState.Open)) End(open);
            Index.Remove(item);
        }
        var erased = e.ItemIds.ToHashSet(StringComparer.Ordinal);
        Items.RemoveAll(i => erased.Contains(i.ItemId));
        LogHoldsErased = true;
    }

    private void Reveal(QueueItem item, string userId)
    {
        item.RevealedTo.Add(userId);
        if (item.OpenAssignmentOf(userId) is { } open) End(open);
    }

    private void End(QueueAssignment assignment, AssignmentState state = AssignmentState.Ended, string? reviewId = null)
    {
        (assignment.State, assignment.ReviewId) = (state, reviewId);
        if (Index.Held.TryGetValue(assignment.ReviewerId, out var held) && held == assignment) Index.Held.Remove(assignment.ReviewerId);
    }
}
