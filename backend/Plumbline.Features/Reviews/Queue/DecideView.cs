using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>What may be told of items and reviews, and to whom.</summary>
internal static class DecideView
{
    public static RequestFailedException Blinded(string message) => new(FailureCode.Blinded, message);

    /// <summary>Refuses a viewer who has work left in the queue.</summary>
    public static void RequireNoOpenWork(ReviewQueueState state, string? userId)
    {
        if (userId is not null && state.PendingFor(userId).Any()) throw Blinded("You still have items to review in this queue. Finish them first.");
    }

    /// <summary>Refuses a viewer who may still be given this item.</summary>
    public static void RequireUnblinded(ReviewQueueState state, QueueItem item, string? userId)
    {
        if (state.MayStillJudge(userId, item))
            throw Blinded("You may still be given this item to review. Review it first, or reveal it to yourself.");
    }

    public static ReviewQueueView Queue(ReviewQueueState state, ProjectKey project, string queueId) => new()
    {
        Project = project,
        QueueId = queueId,
        Name = state.Name!,
        Rubric = state.Rubric,
        Blinding = state.Blinding,
        ReviewsPerItem = state.ReviewsPerItem,
        LeaseMinutes = state.LeaseMinutes,
        ReviewerIds = [.. state.Reviewers],
        OpenToAll = state.OpenToAll,
        CreatedAt = state.CreatedAt,
        ClosedAt = state.ClosedAt,
    };

    public static ReviewItemView Item(QueueItem item, ProjectKey project, string queueId, QueueViewer viewer, DateTimeOffset now)
    {
        var namesHidden = viewer.MayAdjudicate && item.Consensus is null;
        return new ReviewItemView
        {
            Project = project,
            QueueId = queueId,
            ItemId = item.ItemId,
            SpanReference = item.Span,
            State = item.StateAt(now),
            Reviews = [.. item.Reviews.Select((r, i) => Review(r, project, queueId, Alias(i), namesHidden && r.ReviewerId != viewer.UserId))],
            Consensus = item.Consensus,
            Adjudication = item.Adjudication is { } decided ? Review(decided, project, queueId, "Adjudicator", namesHidden: false) : null,
            Golden = item.Golden is not null,
        };
    }

    public static ReviewView Review(QueueReview review, ProjectKey project, string queueId, string alias, bool namesHidden) => new()
    {
        Project = project,
        QueueId = queueId,
        ItemId = review.ItemId,
        ReviewId = review.ReviewId,
        ReviewerId = namesHidden ? null : review.ReviewerId,
        Alias = alias,
        Label = review.Label,
        Reasoning = review.Reasoning,
        FailureModes = review.FailureModes,
        CorrectedOutput = review.CorrectedOutput,
        RubricVersion = review.RubricVersion,
        SubmittedAt = review.SubmittedAt,
        SecondsSpent = review.SecondsSpent,
        SeenBefore = review.SeenBefore,
        History = [.. review.History],
    };

    /// <summary>A reviewer's own review. Its alias is theirs to see at all times, so it may not tell how many came before.</summary>
    public static ReviewView OwnReview(QueueReview review, ProjectKey project, string queueId) => Review(review, project, queueId, "You", namesHidden: false);

    /// <summary>How far the queue is. Items whose state may not be told count as waiting.</summary>
    public static ReviewProgress Progress(ReviewQueueState state, DateTimeOffset now, Func<QueueItem, bool>? isUntold = null)
    {
        var counts = new int[5];
        foreach (var item in state.Items) counts[(int)(isUntold?.Invoke(item) == true ? ReviewItemState.Waiting : item.StateAt(now))]++;
        var (agreed, disputed, adjudicated) = (
            counts[(int)ReviewItemState.Agreed], counts[(int)ReviewItemState.Disputed], counts[(int)ReviewItemState.Adjudicated]);
        return new ReviewProgress(
            state.Items.Count, counts[(int)ReviewItemState.Waiting], counts[(int)ReviewItemState.InReview], agreed + disputed + adjudicated,
            disputed, agreed + adjudicated);
    }

    public static MyReviewProgress MyProgress(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        var own = state.Index.ReviewsOf(reviewerId);
        var available = state.IsClosed || !(state.OpenToAll || state.Reviewers.Contains(reviewerId))
            ? 0
            : DecideClaim.Available(state, reviewerId, now).Count();
        var week = StartOfWeek(now);
        var golden = own.Where(r => r.SubmittedAt < week).Select(r => (r.Label, state.Index.Item(r.ItemId)!.Golden)).Where(r => r.Golden is not null).ToList();
        double? accuracy = golden.Count < 5 ? null : golden.Count(r => r.Label == r.Golden!.Label) / (double)golden.Count;
        return new MyReviewProgress(own.Count, available, state.Items.Count(i => i.SkippedBy.Contains(reviewerId)), accuracy);
    }

    public static ImmutableArray<ReviewView> OwnReviews(ReviewQueueState state, ProjectKey project, string queueId, string reviewerId) =>
        [.. state.Index.ReviewsOf(reviewerId).Reverse().Select(r => OwnReview(r, project, queueId))];

    // A figure that moved right after a review would unmask that item as golden.
    private static DateTimeOffset StartOfWeek(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static string Alias(int index) => $"Reviewer {(index < 26 ? ((char)('A' + index)).ToString() : $"{index + 1}")}";
}
