using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

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

    /// <summary>How; null in reviews from before that was kept.</summary>
    public SeenKind? Seen { get; init; }

    /// <summary>The label that counts, where its author has changed it after the item was complete.</summary>
    public Label? LabelThatCounts { get; set; }

    /// <summary>Whether it can be taken back no more, however short a while ago it was submitted: its author waived that, or went on to the next.</summary>
    public bool UndoEnded { get; set; }

    /// <summary>When its author took it back.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>What counts towards the consensus: the latest label given before the item was complete.</summary>
    [JsonIgnore] public Label CountedLabel => LabelThatCounts ?? Label;

    /// <summary>What its author said first, which nothing that others said can have moved: agreement and accuracy are measured by it.</summary>
    [JsonIgnore] public Label FirstLabel => History.Count > 0 ? History[0].Label : Label;

    public List<ReviewRevision> History { get; init; } = [];

    public bool IsSameAs(RevisedReview revised) =>
        (Label, Reasoning, CorrectedOutput) == (revised.Label, revised.Reasoning, revised.CorrectedOutput) && FailureModes.SequenceEqual(revised.FailureModes);

    public bool IsSameAs(Adjudication decision) =>
        (ReviewerId, Label, Reasoning, CorrectedOutput) == (decision.AdjudicatorId, decision.Label, decision.Reasoning, decision.CorrectedOutput);

    public void Revise(RevisedReview revised, DateTimeOffset at)
    {
        History.Add(new ReviewRevision(Label, Reasoning, at) { FailureModes = FailureModes, CorrectedOutput = CorrectedOutput });
        (Label, Reasoning, FailureModes, CorrectedOutput) = (revised.Label, revised.Reasoning, revised.FailureModes, revised.CorrectedOutput);
    }
}
