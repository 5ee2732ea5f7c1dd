namespace Plumbline.Features.Reviews.State;

/// <summary>What became of a turn. Stored as numbers: never reorder.</summary>
internal enum AssignmentState
{
    /// <summary>Holds its slot while the lease runs, and may be handed in late while the slot is free.</summary>
    Open,

    /// <summary>Became a review.</summary>
    Submitted,

    /// <summary>Skipped, undone, revealed or overtaken: it can become nothing any more.</summary>
    Ended,
}

/// <summary>One reviewer's turn at one item.</summary>
internal sealed class QueueAssignment
{
    public required string AssignmentId { get; init; }

    public required string ItemId { get; init; }

    public required string ReviewerId { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    public required DateTimeOffset LeaseUntil { get; set; }

    /// <summary>The rubric that the reviewer was last given.</summary>
    public required int RubricVersion { get; set; }

    public AssignmentState State { get; set; }

    public string? ReviewId { get; set; }

    /// <summary>The review that was undone into this turn.</summary>
    public string? TakesBack { get; set; }

    public bool HoldsSlot(DateTimeOffset now) => State == AssignmentState.Open && LeaseUntil > now;
}
