using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>A review as the queue keeps it.</summary>
internal sealed class QueueReview
{
    public required string ReviewId { get; init; }

    public required string ItemId { get; init; }

    public required string ReviewerId { get; init; }

    /// <summary>Null for an adjudication.</summary>
    public string? AssignmentId { get; init; }

    public required Label Label { get; set; }

    public string? Reasoning { get; set; }

    public ImmutableArray<string> FailureModes { get; set; } = [];

    public string? CorrectedOutput { get; set; }

    public required int RubricVersion { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public double SecondsSpent { get; init; }

    public bool SeenBefore { get; init; }

    public List<ReviewRevision> History { get; init; } = [];

    public bool Says(RevisedReview revised) =>
        (Label, Reasoning, CorrectedOutput) == (revised.Label, revised.Reasoning, revised.CorrectedOutput) && FailureModes.SequenceEqual(revised.FailureModes);

    public bool Says(Adjudication decision) =>
        (ReviewerId, Label, Reasoning, CorrectedOutput) == (decision.AdjudicatorId, decision.Label, decision.Reasoning, decision.CorrectedOutput);

    public void Revise(RevisedReview revised, DateTimeOffset at)
    {
        History.Add(new ReviewRevision(Label, Reasoning, at) { FailureModes = FailureModes, CorrectedOutput = CorrectedOutput });
        (Label, Reasoning, FailureModes, CorrectedOutput) = (revised.Label, revised.Reasoning, revised.FailureModes, revised.CorrectedOutput);
    }
}
