using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>A queue to be made.</summary>
[GenerateSerializer, Alias("NewReviewQueue"), Immutable]
public sealed record NewReviewQueue
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required string Instructions { get; init; }

    [Id(2)] public ImmutableArray<FailureMode> FailureModes { get; init; } = [];

    [Id(3)] public ReasoningRequired ReasoningRequired { get; init; } = ReasoningRequired.OnFail;

    [Id(4)] public required BlindingRules Blinding { get; init; }

    [Id(5)] public int ReviewsPerItem { get; init; } = 2;

    [Id(6)] public int LeaseMinutes { get; init; } = 20;

    /// <summary>Null: whoever may review may join.</summary>
    [Id(7)] public ImmutableArray<string>? ReviewerIds { get; init; }

    [Id(8)] public required string CreatedBy { get; init; }

    /// <summary>The request that makes it; null when its client has not named it.</summary>
    [Id(9)] public RequestKey? Request { get; init; }
}

/// <summary>What is to change about a queue; null leaves it as it is.</summary>
[GenerateSerializer, Alias("ReviewQueueChange"), Immutable]
public sealed record ReviewQueueChange
{
    [Id(0)] public string? Name { get; init; }

    [Id(1)] public string? Instructions { get; init; }

    [Id(2)] public ImmutableArray<FailureMode>? FailureModes { get; init; }

    [Id(3)] public ReasoningRequired? ReasoningRequired { get; init; }

    [Id(4)] public ImmutableArray<string>? ReviewerIds { get; init; }

    [Id(5)] public required string ChangedBy { get; init; }

    /// <summary>For items that still need reviews, and those to come; the others stay as they are.</summary>
    [Id(6)] public int? ReviewsPerItem { get; init; }
}

/// <summary>A span to be reviewed; with a known answer when it measures reviewers.</summary>
[GenerateSerializer, Alias("NewReviewItem"), Immutable]
public sealed record NewReviewItem([property: Id(0)] SpanReference Span, [property: Id(1)] GoldenAnswer? Golden);

/// <summary>The known answer of a golden item.</summary>
[GenerateSerializer, Alias("GoldenAnswer"), Immutable]
public sealed record GoldenAnswer([property: Id(0)] Label Label, [property: Id(1)] string? Reasoning);

/// <summary>What came of adding items.</summary>
[GenerateSerializer, Alias("AddedItems"), Immutable]
public sealed record AddedItems([property: Id(0)] ReviewQueueView Queue, [property: Id(1)] int Added, [property: Id(2)] int Duplicates);

/// <summary>A review that is handed in. The same one twice is one review.</summary>
[GenerateSerializer, Alias("SubmittedReview"), Immutable]
public sealed record SubmittedReview
{
    [Id(0)] public required string AssignmentId { get; init; }

    [Id(1)] public required string ReviewerId { get; init; }

    [Id(2)] public required Label Label { get; init; }

    [Id(3)] public string? Reasoning { get; init; }

    [Id(4)] public ImmutableArray<string> FailureModes { get; init; } = [];

    [Id(5)] public string? CorrectedOutput { get; init; }

    [Id(6)] public double? SecondsSpent { get; init; }

    [Id(7)] public bool SeenBefore { get; init; }

    /// <summary>How the reviewer had seen it before; null when the server knows of no way, or only <see cref="SeenBefore"/> is known.</summary>
    [Id(8)] public SeenKind? Seen { get; init; }
}

/// <summary>A review that its author changes.</summary>
[GenerateSerializer, Alias("RevisedReview"), Immutable]
public sealed record RevisedReview
{
    [Id(0)] public required string ReviewId { get; init; }

    [Id(1)] public required string ReviewerId { get; init; }

    [Id(2)] public required Label Label { get; init; }

    [Id(3)] public string? Reasoning { get; init; }

    [Id(4)] public ImmutableArray<string> FailureModes { get; init; } = [];

    [Id(5)] public string? CorrectedOutput { get; init; }
}

/// <summary>An adjudicator's decision on a disputed item.</summary>
[GenerateSerializer, Alias("Adjudication"), Immutable]
public sealed record Adjudication
{
    [Id(0)] public required string ItemId { get; init; }

    [Id(1)] public required string AdjudicatorId { get; init; }

    [Id(2)] public required Label Label { get; init; }

    [Id(3)] public required string Reasoning { get; init; }

    [Id(4)] public string? CorrectedOutput { get; init; }
}

/// <summary>Who looks at items and reviews.</summary>
/// <param name="UserId">The person, or null for a key that stands for nobody.</param>
/// <param name="MayAdjudicate">Whether they may decide items.</param>
[GenerateSerializer, Alias("QueueViewer"), Immutable]
public sealed record QueueViewer([property: Id(0)] string? UserId, [property: Id(1)] bool MayAdjudicate)
{
    /// <summary>Reviewers of the queue who may not review in the project any more: nobody waits for them.</summary>
    [Id(2)] public ImmutableArray<string>? Away { get; init; }
}

/// <summary>What a person, or anybody, may still be given in a queue.</summary>
/// <param name="Version">Another one whenever the rest is; also when it became so by the clock alone.</param>
[GenerateSerializer, Alias("PendingSpans"), Immutable]
public sealed record PendingSpans([property: Id(0)] long Version, [property: Id(1)] bool HidesTraces, [property: Id(2)] ImmutableArray<SpanReference> Spans)
{
    /// <summary>What the queue hides of them. Where several queues hold a trace, the strictest of each switch applies.</summary>
    [Id(3)] public BlindingRules Rules { get; init; } = BlindingRules.Strictest;

    /// <summary>When an undo window ends next: until then the answer holds as long as nothing happens in the queue. Null: no window is open.</summary>
    [Id(4)] public DateTimeOffset? ValidUntil { get; init; }
}
