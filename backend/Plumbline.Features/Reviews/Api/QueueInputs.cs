using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Reviews.Api;

internal sealed record CreateReviewQueueInput
{
    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    public required string Instructions { get; init; }

    public IReadOnlyList<FailureModeInput>? FailureModes { get; init; }

    public ReasoningRequired? ReasoningRequired { get; init; }

    public BlindingInput? Blinding { get; init; }

    public int? ReviewsPerItem { get; init; }

    public int? LeaseMinutes { get; init; }

    public IReadOnlyList<string>? ReviewerIds { get; init; }

    public string? RequestId { get; init; }
}

internal sealed record UpdateReviewQueueInput
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Instructions { get; init; }

    public IReadOnlyList<FailureModeInput>? FailureModes { get; init; }

    public ReasoningRequired? ReasoningRequired { get; init; }

    public IReadOnlyList<string>? ReviewerIds { get; init; }

    public int? ReviewsPerItem { get; init; }
}

internal sealed record FailureModeInput(string Key, string Label, string? Description)
{
    public static ImmutableArray<FailureMode> Read(IReadOnlyList<FailureModeInput>? modes) =>
        [.. (modes ?? []).Select(m => new FailureMode(m.Key, m.Label, m.Description))];
}

internal sealed record BlindingInput(bool? HideModel, bool? HidePromptVersion, bool? HideMetrics, bool? HideIdentity, bool? Shuffle)
{
    /// <summary>What is not said is on.</summary>
    public static BlindingRules Read(BlindingInput? given) =>
        new(given?.HideModel ?? true, given?.HidePromptVersion ?? true, given?.HideMetrics ?? true, given?.HideIdentity ?? true, given?.Shuffle ?? true);
}

internal sealed record ReviewQueuePayload(ReviewQueueView Queue);

internal sealed record DeletedReviewQueuePayload(string DeletedId);

internal sealed record JoinReviewQueueInput(string QueueId);

internal sealed record AddToReviewQueueInput
{
    public required string QueueId { get; init; }

    public IReadOnlyList<string>? SpanIds { get; init; }

    public IReadOnlyList<string>? TraceIds { get; init; }

    public SpanFilter? Where { get; init; }

    public int? Limit { get; init; }

    public GoldenInput? Golden { get; init; }

    public string? RequestId { get; init; }
}

internal sealed record GoldenInput(Label Label, string? Reasoning);

internal sealed record AddToReviewQueuePayload(ReviewQueueView Queue, int Added, int Duplicates);

internal sealed record ClaimNextReviewInput(string QueueId);

internal sealed record ClaimPayload(AssignmentView? Assignment);

internal sealed record SubmitReviewInput
{
    public required string AssignmentId { get; init; }

    public required Label Label { get; init; }

    public string? Reasoning { get; init; }

    public IReadOnlyList<string>? FailureModes { get; init; }

    public string? CorrectedOutput { get; init; }

    public double? SecondsSpent { get; init; }

    public bool? ClaimNext { get; init; }
}

internal sealed record SubmitReviewPayload(ReviewView Review, AssignmentView? Next);

internal sealed record FinishReviewPayload(ReviewView Review, ReviewItemView? Item);

internal sealed record SkipReviewInput(string AssignmentId, string? Reason);

internal sealed record ReviseReviewInput(string ReviewId, Label Label, string? Reasoning, IReadOnlyList<string>? FailureModes, string? CorrectedOutput);

internal sealed record AdjudicateInput(string ItemId, Label Label, string Reasoning, string? CorrectedOutput);

internal sealed record ReviewItemPayload(ReviewItemView Item);
