namespace Plumbline.Contracts.Reviews;

/// <summary>What a reviewer says of an output. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("Label")]
public enum Label
{
    Pass,
    Fail,
}

/// <summary>When a review must say why. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("ReasoningRequired")]
public enum ReasoningRequired
{
    Never,
    OnFail,
    Always,
}

/// <summary>Where an item stands. Stored nowhere.</summary>
[GenerateSerializer, Alias("ReviewItemState")]
public enum ReviewItemState
{
    Waiting,
    InReview,
    Agreed,
    Disputed,
    Adjudicated,
}
