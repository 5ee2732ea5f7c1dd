using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Reviews.Agreement;

/// <summary>Agreement within a queue, by what reviewers said first: what they changed later, they may have changed for having read the others. Golden items
/// measure reviewers, not the rubric: they count for accuracy alone.</summary>
internal static class QueueAgreement
{
    public static AgreementView Of(ReviewQueueState state)
    {
        var rated = state.Items.Where(i => i.Golden is null && i.Reviews.Count >= 2).ToList();
        var pair = FixedPair(rated);
        var ratings = rated.ConvertAll(i => RatingsOf(i, pair));
        Func<IReadOnlyList<RatedItems>, double?> statistic = pair is null ? Kappa.Fleiss : Kappa.Cohen;
        var alike = RatedItems.Of(ratings);
        var kappa = statistic(alike);
        var interval = kappa is null ? null : Bootstrap.Interval(alike, statistic);
        var observed = ratings.Count == 0 ? 0 : ratings.Average(r => r.AgreeingPairs);
        return new AgreementView(rated.Count, observed, kappa, interval?.Low, interval?.High, PerReviewer(state));
    }

    /// <summary>The first of exactly two people who reviewed every item; null when it is any other company.</summary>
    private static string? FixedPair(List<QueueItem> items)
    {
        var people = items.SelectMany(i => i.Reviews).Select(r => r.ReviewerId).Distinct().Order(StringComparer.Ordinal).ToList();
        return people.Count == 2 && items.TrueForAll(i => i.Reviews.Count == 2) ? people[0] : null;
    }

    private static Ratings RatingsOf(QueueItem item, string? first)
    {
        var passes = item.Reviews.Count(r => r.FirstLabel == Label.Pass);
        return new Ratings(
            passes, item.Reviews.Count - passes,
            first is not null && item.Reviews.Exists(r => r.ReviewerId == first && r.FirstLabel == Label.Pass));
    }

    /// <summary>Each reviewer's figures, by decided items alone: with others among them, they would tell who said what in a dispute.</summary>
    private static ImmutableArray<ReviewerAgreementView> PerReviewer(ReviewQueueState state) =>
    [
        .. state.Items.Where(i => i.Consensus is not null).SelectMany(i => i.Reviews.Select(r => (Item: i, Review: r)))
            .GroupBy(r => r.Review.ReviewerId)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => One(g.Key, [.. g])),
    ];

    private static ReviewerAgreementView One(string reviewerId, List<(QueueItem Item, QueueReview Review)> own) => new(
        reviewerId,
        own.Count,
        Share(own.Where(r => r.Item.Golden is null), r => r.Review.FirstLabel == r.Item.Consensus),
        Share(own.Where(r => r.Item.Golden is not null), r => r.Review.FirstLabel == r.Item.Golden!.Label),
        Median([.. own.Select(r => r.Review.SecondsSpent).Order()]),
        Share(own, r => r.Review.FirstLabel == Label.Pass) ?? 0);

    private static double? Share<T>(IEnumerable<T> all, Func<T, bool> counts)
    {
        var (yes, total) = (0, 0);
        foreach (var one in all)
        {
            total++;
            if (counts(one)) yes++;
        }
        return total == 0 ? null : yes / (double)total;
    }

    private static double? Median(List<double> sorted) =>
        sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
