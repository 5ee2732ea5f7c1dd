using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Reviews.State;

/// <summary>Something that happened to a queue. Written to its journal: the names below and their members stay readable for ever.</summary>
[JsonDerivedType(typeof(QueueCreated), "created")]
[JsonDerivedType(typeof(QueueChanged), "changed")]
[JsonDerivedType(typeof(QueueClosed), "closed")]
[JsonDerivedType(typeof(QueueDeleted), "deleted")]
[JsonDerivedType(typeof(ReviewerJoined), "joined")]
[JsonDerivedType(typeof(ReviewerLeft), "left")]
[JsonDerivedType(typeof(ItemsAdded), "added")]
[JsonDerivedType(typeof(ItemClaimed), "claimed")]
[JsonDerivedType(typeof(LeaseRenewed), "renewed")]
[JsonDerivedType(typeof(ItemSkipped), "skipped")]
[JsonDerivedType(typeof(ReviewSubmitted), "submitted")]
[JsonDerivedType(typeof(ReviewUndone), "undone")]
[JsonDerivedType(typeof(UndoWaived), "waived")]
[JsonDerivedType(typeof(ReviewRevised), "revised")]
[JsonDerivedType(typeof(ExtraReviewRequested), "extra")]
[JsonDerivedType(typeof(ItemAdjudicated), "adjudicated")]
[JsonDerivedType(typeof(ItemRevealed), "revealed")]
[JsonDerivedType(typeof(ItemsErased), "erased")]
[JsonDerivedType(typeof(ErasedPurged), "purged")]
internal abstract record ReviewQueueEvent(DateTimeOffset At);

internal sealed record QueueCreated(NewReviewQueue Queue, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record QueueChanged(ReviewQueueChange Change, DateTimeOffset At) : ReviewQueueEvent(At)
{
    /// <summary>Who is a reviewer no more, and may read from now on what they had not judged.</summary>
    public ImmutableArray<string> Exposed { get; init; } = [];
}

internal sealed record QueueClosed(string By, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record QueueDeleted(string By, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ReviewerJoined(string ReviewerId, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ReviewerLeft(string ReviewerId, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ItemsAdded(ImmutableArray<AddedItem> Items, string By, DateTimeOffset At) : ReviewQueueEvent(At)
{
    /// <summary>The request that added them, where it can be repeated.</summary>
    public AnsweredRequest? Answered { get; init; }
}

internal sealed record AddedItem(string ItemId, SpanReference Span, GoldenAnswer? Golden);

internal sealed record ItemClaimed(string AssignmentId, string ItemId, string ReviewerId, DateTimeOffset LeaseUntil, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record LeaseRenewed(string AssignmentId, DateTimeOffset LeaseUntil, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ItemSkipped(string AssignmentId, string? Reason, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ReviewSubmitted(string ReviewId, SubmittedReview Review, double SecondsSpent, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ReviewUndone(string ReviewId, string AssignmentId, DateTimeOffset LeaseUntil, DateTimeOffset At) : ReviewQueueEvent(At);

/// <summary>The review can be taken back no more.</summary>
internal sealed record UndoWaived(string ReviewId, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ReviewRevised(RevisedReview Review, DateTimeOffset At) : ReviewQueueEvent(At)
{
    /// <summary>Whether the label that counts stays what it was, the item having been complete. Earlier builds let it change.</summary>
    public bool KeptBeside { get; init; }

    /// <summary>Reviewers who could read the item, all having agreed, before this opened it again.</summary>
    public ImmutableArray<string> Exposed { get; init; } = [];
}

internal sealed record ExtraReviewRequested(string ItemId, string By, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ItemAdjudicated(string ReviewId, Adjudication Decision, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ItemRevealed(string ItemId, string UserId, DateTimeOffset At) : ReviewQueueEvent(At);

internal sealed record ItemsErased(ImmutableArray<string> ItemIds, DateTimeOffset At) : ReviewQueueEvent(At);

/// <summary>The events before the erasure are off the disk.</summary>
internal sealed record ErasedPurged(DateTimeOffset At) : ReviewQueueEvent(At);
