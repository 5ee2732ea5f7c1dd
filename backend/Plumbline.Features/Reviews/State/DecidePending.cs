using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Who may still be given what: that is what blinding stands on. A reviewer is pending on an item until it is finally decided, unless they have
/// judged it, revealed it to themself, or could read it while they were not asked. A review that may still be taken back counts as not given, and decides
/// nothing.</summary>
/// <remarks><c>undoableSince</c>: reviews that were submitted then or later may still be taken back.</remarks>
internal static class DecidePending
{
    /// <summary>A queue has fewer reviews than this.</summary>
    private const int MaxReviews = 1 << 24;

    /// <summary>Whether the person may still be given the item. False for nobody (null).</summary>
    public static bool Is(ReviewQueueState state, QueueItem item, string? userId, DateTimeOffset undoableSince)
    {
        if (userId is null || state.IsClosed || !state.Reviewers.Contains(userId)) return false;
        return item.ReviewOf(userId) is { } own
            ? MayBeTakenBack(state, item, own, undoableSince)
            : state.IsOpenTo(item, userId) && !IsSettled(state, item, undoableSince);
    }

    /// <summary>The items that the person may still be given.</summary>
    public static IEnumerable<QueueItem> For(ReviewQueueState state, string userId, DateTimeOffset undoableSince) =>
        state.IsClosed || !state.Reviewers.Contains(userId)
            ? []
            : Unsettled(state, undoableSince).Where(i => i.ReviewOf(userId) is { } own
                ? MayBeTakenBack(state, i, own, undoableSince)
                : state.IsOpenTo(i, userId));

    /// <summary>The items that anybody may still be given.</summary>
    public static IEnumerable<QueueItem> ForAnybody(ReviewQueueState state, DateTimeOffset undoableSince) =>
        state.IsClosed
            ? []
            : Unsettled(state, undoableSince).Where(i =>
                i.Reviews.Exists(r => MayBeTakenBack(state, i, r, undoableSince)) || state.Reviewers.Exists(r => state.IsOpenTo(i, r)));

    /// <summary>Whether its author may still take the review back.</summary>
    public static bool MayBeTakenBack(ReviewQueueState state, QueueItem item, QueueReview review, DateTimeOffset undoableSince) =>
        review.SubmittedAt >= undoableSince && !review.UndoEnded && item.Adjudication is null && !state.IsClosed
        && state.Reviewers.Contains(review.ReviewerId) && !item.RevealedTo.Contains(review.ReviewerId) && !state.IsExposed(item, review.ReviewerId);

    /// <summary>Whether the item is decided for good, as far as anybody knows.</summary>
    public static bool IsSettled(ReviewQueueState state, QueueItem item, DateTimeOffset undoableSince) =>
        item.Consensus is not null && !item.Reviews.Exists(r => MayBeTakenBack(state, item, r, undoableSince));

    /// <summary>Another number whenever the answer may be another: something happened, or an undo window has ended since.</summary>
    public static long Version(ReviewQueueState state, DateTimeOffset undoableSince) =>
        (state.PendingVersion * MaxReviews) + state.Index.UndoWindows.Ended(undoableSince);

    /// <summary>For a person, or for anybody (null).</summary>
    public static PendingSpans Spans(ReviewQueueState state, string? userId, DateTimeOffset undoableSince, TimeSpan undoWindow)
    {
        var items = userId is null ? ForAnybody(state, undoableSince) : For(state, userId, undoableSince);
        return new PendingSpans(Version(state, undoableSince), state.Blinding.HidesTraces, [.. items.Select(i => i.Span)])
        {
            Rules = state.Blinding,
            ValidUntil = state.Index.UndoWindows.EndsNext(undoableSince) is { } submitted ? submitted + undoWindow + TimeSpan.FromTicks(1) : null,
        };
    }

    private static IEnumerable<QueueItem> Unsettled(ReviewQueueState state, DateTimeOffset undoableSince) =>
        state.Index.Undecided.Concat(state.Index.UndoWindows.Open(undoableSince).Select(r => state.Index.Item(r.ItemId)!).Distinct().Where(i =>
            i.Consensus is not null && !IsSettled(state, i, undoableSince)));
}
