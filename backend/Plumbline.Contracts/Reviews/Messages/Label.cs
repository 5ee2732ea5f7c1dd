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

/// <summary>Where an item stands. Stored nowhere; sent as numbers: never reorder.</summary>
[GenerateSerializer, Alias("ReviewItemState")]
public enum ReviewItemState
{
    Waiting,
    InReview,
    Agreed,
    Disputed,
    Adjudicated,

    /// <summary>Needs reviews, and everybody who could give one has skipped it for good.</summary>
    Stuck,

    /// <summary>Needs reviews, and no reviewer is left who could give one.</summary>
    ShortOfReviewers,
}

/// <summary>How somebody had seen an output before they judged it. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("SeenKind")]
public enum SeenKind
{
    /// <summary>A list carried its content.</summary>
    Listed,

    /// <summary>They opened the trace, the span, or what shows it: an item, a session, a run, a row of a dataset.</summary>
    Opened,
}
