using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>What may be shown of items and reviews, and to whom.</summary>
internal static class QueueProjection
{
    public static RequestFailedException Blinded(string message) => new(FailureCode.Blinded, message);

    /// <summary>Refuses a viewer who has work left in the queue.</summary>
    public static void RequireNoOpenWork(ReviewQueueState state, string? userId, DateTimeOffset undoableSince)
    {
        if (userId is not null && DecidePending.For(state, userId, undoableSince).Any())
            throw Blinded("You still have items to review in this queue, or may still take a review back. Finish them first.");
    }

    /// <summary>Refuses a viewer who may still be given this item.</summary>
    public static void RequireUnblinded(ReviewQueueState state, QueueItem item, string? userId, DateTimeOffset undoableSince)
    {
        if (DecidePending.Is(state, item, userId, undoableSince))
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

    /// <summary>An item as somebody sees it who is not blinded to it. As long as it is not decided, nobody is told who said what but of themself.</summary>
    public static ReviewItemView Item(ReviewQueueState state, QueueItem item, ProjectKey project, string queueId, QueueViewer viewer, DateTimeOffset now)
    {
        bool NameHidden(QueueReview review) => item.Consensus is null && review.ReviewerId != viewer.UserId;
        return new ReviewItemView
        {
            Project = project,
            QueueId = queueId,
            ItemId = item.ItemId,
            SpanReference = item.Span,
            State = ItemStates.Of(state, item, now, viewer.Away?.ToHashSet(StringComparer.Ordinal)),
            Reviews = [.. item.Reviews.Select((r, i) => Review(r, project, queueId, Alias(i), NameHidden(r)))],
            Consensus = item.Consensus,
            Adjudication = item.Adjudication is { } decided ? Review(decided, project, queueId, "Adjudicator", namesHidden: false) : null,
            Golden = item.Golden is not null,
            Skips = [.. item.Skips.Select(s => new SkipView(s.Reason, s.At))],
            UndoneReviews = [.. item.Undone.Select(r => Review(r, project, queueId, AliasOf(item, r.ReviewerId), NameHidden(r)))],
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
        LabelThatCounts = review.LabelThatCounts,
        UndoneAt = review.UndoneAt,
        Seen = review.Seen ?? (review.SeenBefore ? SeenKind.Opened : null),
    };

    /// <summary>A reviewer's own review. Its alias is theirs to see at all times, so it may not tell how many came before.</summary>
    public static ReviewView OwnReview(
        ReviewQueueState state, QueueReview review, ProjectKey project, string queueId, ReviewsOptions options, DateTimeOffset now)
    {
        var undoable = DecidePending.MayBeTakenBack(state, state.Index.Item(review.ItemId)!, review, options.UndoableSince(now));
        return Review(review, project, queueId, "You", namesHidden: false) with
        {
            UndoableUntil = undoable ? review.SubmittedAt + options.UndoWindow : null,
        };
    }

    /// <summary>How far the queue is.</summary>
    public static ReviewProgress Progress(ReviewQueueState state, DateTimeOffset now) => Progress(state, i => ItemStates.Of(state, i, now));

    /// <summary>How far it is as somebody may know it who is blinded to these traces. What they may still be given themself has begun or not, and what others
    /// made of the rest counts as waiting: an item that has its reviews looks the same whether these agree or not.</summary>
    public static ReviewProgress ProgressFor(
        ReviewQueueState state, string? userId, IReadOnlySet<string> blindedTraceIds, ReviewsOptions options, DateTimeOffset now,
        IReadOnlySet<string>? away = null) =>
        Progress(state, i => !blindedTraceIds.Contains(i.Span.TraceId)
            ? ItemStates.Of(state, i, now, away)
            : i.NeedsReviews && DecidePending.Is(state, i, userId, options.UndoableSince(now)) ? i.BegunStateAt(now) : ReviewItemState.Waiting);

    private static ReviewProgress Progress(ReviewQueueState state, Func<QueueItem, ReviewItemState> stateOf)
    {
        var counts = new int[Enum.GetValues<ReviewItemState>().Length];
        foreach (var item in state.Items) counts[(int)stateOf(item)]++;
        var (agreed, disputed, adjudicated) = (
            counts[(int)ReviewItemState.Agreed], counts[(int)ReviewItemState.Disputed], counts[(int)ReviewItemState.Adjudicated]);
        return new ReviewProgress(
            state.Items.Count, counts[(int)ReviewItemState.Waiting], counts[(int)ReviewItemState.InReview], agreed + disputed + adjudicated,
            disputed, agreed + adjudicated)
        {
            Stuck = counts[(int)ReviewItemState.Stuck],
            ShortOfReviewers = counts[(int)ReviewItemState.ShortOfReviewers],
        };
    }

    public static MyReviewProgress MyProgress(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        var own = state.Index.ReviewsOf(reviewerId);
        var available = state.IsClosed || !state.Reviewers.Contains(reviewerId) ? 0 : DecideClaim.Available(state, reviewerId, now).Count();
        var week = StartOfWeek(now);
        var golden = own.Where(r => r.SubmittedAt < week).Select(r =>
            (Label: r.FirstLabel, state.Index.Item(r.ItemId)!.Golden)).Where(r => r.Golden is not null).ToList();
        double? accuracy = golden.Count < 5 ? null : golden.Count(r => r.Label == r.Golden!.Label) / (double)golden.Count;
        return new MyReviewProgress(own.Count, available, state.Items.Count(i => i.SkippedBy.Contains(reviewerId)), accuracy);
    }

    public static ImmutableArray<ReviewView> OwnReviews(
        ReviewQueueState state, ProjectKey project, string queueId, string reviewerId, ReviewsOptions options, DateTimeOffset now) =>
        [.. state.Index.ReviewsOf(reviewerId).Reverse().Select(r => OwnReview(state, r, project, queueId, options, now))];

    // A figure that moved right after a review would unmask that item as golden.
    private static DateTimeOffset StartOfWeek(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    /// <summary>The same name as that of the person's review that stands, if one does.</summary>
    private static string AliasOf(QueueItem item, string reviewerId) =>
        Alias(item.Reviews.FindIndex(r => r.ReviewerId == reviewerId) is >= 0 and var index ? index : item.Reviews.Count);

    private static string Alias(int index) => $"Reviewer {(index < 26 ? ((char)('A' + index)).ToString() : $"{index + 1}")}";
}
