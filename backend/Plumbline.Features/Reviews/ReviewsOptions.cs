using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Reviews;

/// <summary>Limits of reviewing.</summary>
public sealed class ReviewsOptions
{
    /// <summary>Queues in a project. 200.</summary>
    [Range(1, int.MaxValue)]
    public int MaxQueues { get; set; } = 200;

    /// <summary>Items in a queue. 100,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxItems { get; set; } = 100_000;

    /// <summary>Spans that one call may add. 5,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxItemsPerCall { get; set; } = 5_000;

    /// <summary>Reviews of one item. 20.</summary>
    [Range(1, int.MaxValue)]
    public int MaxReviewsPerItem { get; set; } = 20;

    /// <summary>Extra reviews that adjudicators may ask for on one item. 5.</summary>
    [Range(0, 100)]
    public int MaxExtraReviews { get; set; } = 5;

    /// <summary>Longest lease, in minutes. 1,440.</summary>
    [Range(1, 43_200)]
    public int MaxLeaseMinutes { get; set; } = 1_440;

    /// <summary>Reviewers of a queue. 500.</summary>
    [Range(1, int.MaxValue)]
    public int MaxReviewers { get; set; } = 500;

    /// <summary>Failure modes of a rubric. 50.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFailureModes { get; set; } = 50;

    /// <summary>Longest name, in characters. 120.</summary>
    [Range(1, int.MaxValue)]
    public int MaxNameLength { get; set; } = 120;

    /// <summary>Longest instructions or reasoning, in characters. 20,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxTextLength { get; set; } = 20_000;

    /// <summary>Longest corrected output, in characters. 200,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxCorrectedOutputLength { get; set; } = 200_000;

    /// <summary>How long a review can be taken back. 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UndoWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Reviews that were submitted then or later may still be taken back.</summary>
    internal DateTimeOffset UndoableSince(DateTimeOffset now) => now - UndoWindow;
}
