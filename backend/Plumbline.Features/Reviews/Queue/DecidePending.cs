using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>What is told of who may still be given what.</summary>
internal static class DecidePending
{
    /// <summary>A queue has fewer reviews than this.</summary>
    private const int MaxReviews = 1 << 24;

    /// <summary>Another number whenever the answer may be another: something happened, or an undo window has ended since.</summary>
    public static long Version(ReviewQueueState state, DateTimeOffset undoableSince) =>
        (state.PendingVersion * MaxReviews) + state.Index.UndoWindows.Ended(undoableSince);

    /// <summary>For a person, or for anybody (null).</summary>
    public static PendingSpans Spans(ReviewQueueState state, string? userId, DateTimeOffset undoableSince, TimeSpan undoWindow)
    {
        var items = userId is null ? state.PendingForAnybody(undoableSince) : state.PendingFor(userId);
        return new PendingSpans(Version(state, undoableSince), state.Blinding.HidesTraces, [.. items.Select(i => i.Span)])
        {
            Rules = state.Blinding,
            ValidUntil = state.Index.UndoWindows.EndsNext(undoableSince) is { } submitted ? submitted + undoWindow + TimeSpan.FromTicks(1) : null,
        };
    }
}
