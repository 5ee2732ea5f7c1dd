using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Where items stand. One that needs reviews goes on as long as somebody is left who would give one; else the queue says what it lacks. An open queue
/// that nobody has joined yet just waits. Whoever lost the right to review stays blind as long as they are a reviewer, for they may get it back; but nobody
/// waits for them.</summary>
internal static class ItemStates
{
    /// <summary>Where an item stands.</summary>
    /// <param name="state">The queue.</param>
    /// <param name="item">One of its items.</param>
    /// <param name="now">The time.</param>
    /// <param name="away">Reviewers who may not review now; null for none.</param>
    public static ReviewItemState Of(ReviewQueueState state, QueueItem item, DateTimeOffset now, IReadOnlySet<string>? away = null)
    {
        var plain = item.StateAt(now);
        if (!item.NeedsReviews || state.IsClosed || item.IsHeld(now) || (state.OpenToAll && state.Reviewers.Count == 0)) return plain;
        var lacking = ReviewItemState.ShortOfReviewers;
        foreach (var reviewer in state.Reviewers)
        {
            if (away?.Contains(reviewer) == true || !state.IsOpenTo(item, reviewer)) continue;
            if (!DecideClaim.HasRefused(item, reviewer)) return plain;
            lacking = ReviewItemState.Stuck;
        }
        return lacking;
    }
}
