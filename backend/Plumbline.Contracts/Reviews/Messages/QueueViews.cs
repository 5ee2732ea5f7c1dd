using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>A review queue: type ReviewQueue.</summary>
[GenerateSerializer, Alias("ReviewQueueView"), Immutable]
public sealed record ReviewQueueView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string QueueId { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public required Rubric Rubric { get; init; }

    [Id(4)] public required BlindingRules Blinding { get; init; }

    [Id(5)] public required int ReviewsPerItem { get; init; }

    [Id(6)] public required int LeaseMinutes { get; init; }

    /// <summary>The people who review here.</summary>
    [Id(7)] public ImmutableArray<string> ReviewerIds { get; init; } = [];

    /// <summary>Whether whoever may review may join.</summary>
    [Id(8)] public bool OpenToAll { get; init; }

    [Id(9)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(10)] public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who reviewed here before a change; only in the answer to one.</summary>
    [Id(11)] public ImmutableArray<string>? ReviewerIdsBefore { get; init; }

    /// <summary>How often the person has joined or left; only in the answer to that.</summary>
    [Id(12)] public int Moves { get; init; }

    public string Id => NodeId.Format(NodeKinds.ReviewQueue, Project, QueueId);
}

/// <summary>How far a queue is. Reviewed items have all their reviews; of these the disputed ones wait for an adjudicator and the resolved
/// ones are done. The others are waiting, in review, stuck or short of reviewers.</summary>
[GenerateSerializer, Alias("ReviewProgress"), Immutable]
public sealed record ReviewProgress(
    [property: Id(0)] int Total,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int InReview,
    [property: Id(3)] int Reviewed,
    [property: Id(4)] int Disputed,
    [property: Id(5)] int Resolved)
{
    /// <summary>Need reviews, and everybody who could give one has skipped them.</summary>
    [Id(6)] public int Stuck { get; init; }

    /// <summary>Need reviews, and no reviewer is left who could give one.</summary>
    [Id(7)] public int ShortOfReviewers { get; init; }
}

/// <summary>How far one reviewer is.</summary>
/// <param name="Available">Items they could still be given.</param>
/// <param name="Accuracy">Share of golden items they judged as expected before this week (Monday, UTC); null with fewer than five.</param>
[GenerateSerializer, Alias("MyReviewProgress"), Immutable]
public sealed record MyReviewProgress(
    [property: Id(0)] int Done,
    [property: Id(1)] int Available,
    [property: Id(2)] int Skipped,
    [property: Id(3)] double? Accuracy);

/// <summary>One span in a queue, with what was said of it: type ReviewItem. For managers and adjudicators.</summary>
[GenerateSerializer, Alias("ReviewItemView"), Immutable]
public sealed record ReviewItemView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string QueueId { get; init; }

    [Id(2)] public required string ItemId { get; init; }

    [Id(3)] public required SpanReference SpanReference { get; init; }

    [Id(4)] public required ReviewItemState State { get; init; }

    [Id(5)] public ImmutableArray<ReviewView> Reviews { get; init; } = [];

    [Id(6)] public Label? Consensus { get; init; }

    [Id(7)] public ReviewView? Adjudication { get; init; }

    [Id(8)] public bool Golden { get; init; }

    /// <summary>Why reviewers would not judge it, oldest first.</summary>
    [Id(9)] public ImmutableArray<SkipView> Skips { get; init; } = [];

    /// <summary>Reviews that their authors took back, oldest first.</summary>
    [Id(10)] public ImmutableArray<ReviewView> UndoneReviews { get; init; } = [];

    public string Id => NodeId.Format(NodeKinds.ReviewItem, Project, $"{QueueId}/{ItemId}");
}

/// <summary>That somebody skipped an item, without their name: type ReviewSkip.</summary>
/// <param name="Reason">Null for one from before reasons were asked for.</param>
[GenerateSerializer, Alias("SkipView"), Immutable]
public sealed record SkipView([property: Id(0)] string? Reason, [property: Id(1)] DateTimeOffset At);

/// <summary>A page of items, by position.</summary>
[GenerateSerializer, Alias("ReviewItemPage"), Immutable]
public sealed record ReviewItemPage([property: Id(0)] ImmutableArray<ReviewItemView> Items, [property: Id(1)] bool HasNext, [property: Id(2)] int Total);

/// <summary>One reviewer's leased turn at one item. Stays inside the server but for its id and lease.</summary>
[GenerateSerializer, Alias("AssignmentView"), Immutable]
public sealed record AssignmentView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string QueueId { get; init; }

    [Id(2)] public required string AssignmentId { get; init; }

    [Id(3)] public required string ReviewerId { get; init; }

    [Id(4)] public required SpanReference SpanReference { get; init; }

    [Id(5)] public required DateTimeOffset LeaseExpiresAt { get; init; }

    /// <summary>Why the reviewer skipped the item when they were last given it.</summary>
    [Id(6)] public string? SkippedBecause { get; init; }

    public string Id => NodeId.Format(NodeKinds.ReviewAssignment, Project, $"{QueueId}/{AssignmentId}");
}
