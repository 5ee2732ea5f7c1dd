namespace Plumbline.Contracts.Reviews;

/// <summary>What a reviewer says of an output. Stored as numbers: never reorder.</summary>
[GenerateSerializer]
public enum Label
{
    Pass,
    Fail,
}

/// <summary>When a review must say why. Stored as numbers: never reorder.</summary>
[GenerateSerializer]
public enum ReasoningRequired
{
    Never,
    OnFail,
    Always,
}

/// <summary>Where an item stands. Stored nowhere.</summary>
[GenerateSerializer]
public enum ReviewItemState
{
    Waiting,
    InReview,
    Agreed,
    Disputed,
    Adjudicated,
}
