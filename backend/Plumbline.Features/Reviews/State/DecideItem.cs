using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>What adjudicators and those who may reveal do with one item.</summary>
internal static class DecideItem
{
    /// <summary>The event of a decision; none when the same person has decided the same already.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Adjudicate(ReviewQueueState state, Adjudication decision, ReviewsOptions options, DateTimeOffset now)
    {
        var item = Item(state, decision.ItemId);
        QueueProjection.RequireUnblinded(state, item, decision.AdjudicatorId, options.UndoableSince(now));
        if (item.Adjudication?.IsSameAs(decision) == true) return [];
        if (item.Adjudication is not null) throw Failure.Conflict("The item has been adjudicated already.");
        if (!item.IsDisputed) throw Failure.Conflict("Only a disputed item is adjudicated: its reviews are in and do not agree.");
        if (item.IsReviewedBy(decision.AdjudicatorId)) throw Failure.Forbidden("You reviewed this item yourself; somebody else must decide.");
        if (string.IsNullOrWhiteSpace(decision.Reasoning)) throw Failure.BadInput("Say why you decide so.");
        if (decision.Reasoning.Length > options.MaxTextLength)
            throw Failure.BadInput($"The reasoning has {decision.Reasoning.Length} characters; at most {options.MaxTextLength} are allowed.");
        if (decision.CorrectedOutput?.Length > options.MaxCorrectedOutputLength)
            throw Failure.BadInput(
                $"The corrected output has {decision.CorrectedOutput.Length} characters; at most {options.MaxCorrectedOutputLength} are allowed.");
        return [new ItemAdjudicated(RandomId.New(), decision, now)];
    }

    /// <summary>The event of the request; none when the review that the same person asked for is still to come.</summary>
    public static IReadOnlyList<ReviewQueueEvent> RequestExtraReview(
        ReviewQueueState state, string itemId, string by, ReviewsOptions options, DateTimeOffset now)
    {
        DecideSetup.RequireOpen(state);
        var item = Item(state, itemId);
        QueueProjection.RequireUnblinded(state, item, by, options.UndoableSince(now));
        if (item.NeedsReviews && item.ExtraReviewFor == by) return [];
        if (!item.IsDisputed) throw Failure.Conflict("Only a disputed item gets one more review: its reviews are in and do not agree.");
        if (item.ReviewsNeeded - state.ReviewsPerItem >= options.MaxExtraReviews)
            throw Failure.Conflict($"The item has had {options.MaxExtraReviews} extra reviews; decide it.");
        if (!state.Reviewers.Exists(r => r != by && DecideClaim.WouldTake(state, item, r)))
            throw Failure.Conflict("Every reviewer of the queue has judged, seen or skipped this item. "
                + (state.OpenToAll ? "Have somebody join the queue first." : "Add a reviewer first."));
        return [new ExtraReviewRequested(itemId, by, now)];
    }

    public static IReadOnlyList<ReviewQueueEvent> Reveal(ReviewQueueState state, string itemId, string userId, DateTimeOffset now)
    {
        var item = Item(state, itemId);
        return item.RevealedTo.Contains(userId) ? [] : [new ItemRevealed(itemId, userId, now)];
    }

    /// <summary>What is erased is gone for everybody, whatever state the queue is in.</summary>
    public static IReadOnlyList<ItemsErased> Erase(ReviewQueueState state, IEnumerable<string> traceIds, DateTimeOffset now)
    {
        var items = traceIds.Distinct(StringComparer.Ordinal).SelectMany(state.Index.OfTrace).Select(i => i.ItemId).ToImmutableArray();
        return items.IsEmpty ? [] : [new ItemsErased(items, now)];
    }

    private static QueueItem Item(ReviewQueueState state, string itemId)
    {
        DecideSetup.RequireExists(state);
        return state.Index.Item(itemId) ?? throw Failure.NotFound();
    }
}
