namespace Plumbline.Features.Reviews.Agreement;

/// <summary>How many said pass and fail of one item, and for two fixed reviewers which of them said what.</summary>
internal readonly record struct Ratings(int Pass, int Fail, bool FirstPasses = false)
{
    public int Count => Pass + Fail;

    /// <summary>Share of the pairs of ratings that agree.</summary>
    public double AgreeingPairs => (Pass * (Pass - 1.0) + Fail * (Fail - 1.0)) / (Count * (Count - 1.0));
}

/// <summary>How many items were rated alike. There are few ways to rate an item, however many items there are.</summary>
internal readonly record struct RatedItems(Ratings Ratings, int Items)
{
    public static RatedItems[] Of(IEnumerable<Ratings> items) => [.. items.CountBy(i => i).Select(i => new RatedItems(i.Key, i.Value))];
}

/// <summary>Agreement corrected for chance, over items with at least two ratings. Undefined, and then null, when chance alone explains all:
/// only one label was used.</summary>
internal static class Kappa
{
    /// <summary>Fleiss' kappa (1971), with each item weighing the same and any number of raters an item: mean share of agreeing pairs
    /// against the square sum of label shares.</summary>
    public static double? Fleiss(IReadOnlyList<RatedItems> items)
    {
        double count = 0, agreeing = 0, pass = 0, all = 0;
        foreach (var (item, times) in items)
        {
            if (times == 0) continue;
            count += times;
            agreeing += times * item.AgreeingPairs;
            pass += times * (double)item.Pass;
            all += times * (double)item.Count;
        }
        if (count == 0) return null;
        var share = pass / all;
        return Corrected(agreeing / count, (share * share) + ((1 - share) * (1 - share)));
    }

    /// <summary>Cohen's kappa (1960) for two fixed reviewers who both rated every item.</summary>
    public static double? Cohen(IReadOnlyList<RatedItems> items)
    {
        double count = 0, agreeing = 0, firstPass = 0, secondPass = 0;
        foreach (var (item, times) in items)
        {
            count += times;
            if (item.Pass != 1) agreeing += times;
            if (item.Pass == 2 || (item.Pass == 1 && item.FirstPasses)) firstPass += times;
            if (item.Pass == 2 || (item.Pass == 1 && !item.FirstPasses)) secondPass += times;
        }
        if (count == 0) return null;
        var (first, second) = (firstPass / count, secondPass / count);
        return Corrected(agreeing / count, (first * second) + ((1 - first) * (1 - second)));
    }

    private static double? Corrected(double observed, double expected) => expected >= 1 ? null : (observed - expected) / (1 - expected);
}
