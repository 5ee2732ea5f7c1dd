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
        if (state.Reviewers.Exists(r => DecideClaim.WouldTake(state, item, r))) return plain;
        return state.Reviewers.Exists(r => state.IsOpenTo(item, r)) ? ReviewItemState.Stuck : ReviewItemState.ShortOfReviewers;
    }
}
