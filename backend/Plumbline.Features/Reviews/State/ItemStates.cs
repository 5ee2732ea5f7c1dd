using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Where items stand. One that needs reviews goes on as long as somebody is left who would give one; else the queue says what it lacks. An open queue
/// that nobody has joined yet just waits.</summary>
internal static class ItemStates
{
    public static ReviewItemState Of(ReviewQueueState state, QueueItem item, DateTimeOffset now)
    {
        var plain = item.StateAt(now);
        if (!item.NeedsReviews || state.IsClosed || item.IsHeld(now) || (state.OpenToAll && state.Reviewers.Count == 0)) return plain;
        var lacking = ReviewItemState.ShortOfReviewers;
        foreach (var reviewer in state.Reviewers)
        {
            if (!state.IsOpenTo(item, reviewer)) continue;
            if (!DecideClaim.HasRefused(item, reviewer)) return plain;
            lacking = ReviewItemState.Stuck;
        }
        return lacking;
    }
}
