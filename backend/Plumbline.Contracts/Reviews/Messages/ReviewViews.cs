using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>A review as it is stored, with the names of its parts in the API: type Review.</summary>
[GenerateSerializer, Alias("ReviewView"), Immutable]
public sealed record ReviewView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string QueueId { get; init; }

    [Id(2)] public required string ItemId { get; init; }

    [Id(3)] public required string ReviewId { get; init; }

    /// <summary>Who gave it; null when the viewer may not know.</summary>
    [Id(4)] public string? ReviewerId { get; init; }

    /// <summary>A neutral name within the item, such as Reviewer A.</summary>
    [Id(5)] public required string Alias { get; init; }

    [Id(6)] public required Label Label { get; init; }

    [Id(7)] public string? Reasoning { get; init; }

    [Id(8)] public ImmutableArray<string> FailureModes { get; init; } = [];

    [Id(9)] public string? CorrectedOutput { get; init; }

    [Id(10)] public required int RubricVersion { get; init; }

    [Id(11)] public required DateTimeOffset SubmittedAt { get; init; }

    [Id(12)] public double SecondsSpent { get; init; }

    [Id(13)] public bool SeenBefore { get; init; }

    [Id(14)] public ImmutableArray<ReviewRevision> History { get; init; } = [];

    /// <summary>What counts towards the consensus; null when it is <see cref="Label"/>.</summary>
    [Id(15)] public Label? LabelThatCounts { get; init; }

    /// <summary>When its author took it back.</summary>
    [Id(16)] public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>How its author had seen the output before; null when the server knows of no way.</summary>
    [Id(17)] public SeenKind? Seen { get; init; }

    /// <summary>Until when it can be taken back, and keeps its author blinded; null when it cannot.</summary>
    [Id(18)] public DateTimeOffset? UndoableUntil { get; init; }

    public Label CountedLabel => LabelThatCounts ?? Label;

    public string Id => NodeId.Format(NodeKinds.Review, Project, $"{QueueId}/{ReviewId}");
}

/// <summary>An earlier state of a review.</summary>
[GenerateSerializer, Alias("ReviewRevision"), Immutable]
public sealed record ReviewRevision(
    [property: Id(0)] Label Label,
    [property: Id(1)] string? Reasoning,
    [property: Id(2)] DateTimeOffset ChangedAt)
{
    [Id(3)] public ImmutableArray<string> FailureModes { get; init; } = [];

    [Id(4)] public string? CorrectedOutput { get; init; }
}

/// <summary>The consensus on a trace or span: type Verdict.</summary>
[GenerateSerializer, Alias("VerdictView"), Immutable]
public sealed record VerdictView(
    [property: Id(0)] Label Label,
    [property: Id(1)] bool Disputed,
    [property: Id(2)] ImmutableArray<ReviewView> Reviews);
