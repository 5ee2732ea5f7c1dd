namespace Plumbline.Features.Reviews.Agreement;

/// <summary>How many said pass and fail of one item, and for two fixed reviewers which of them said what.</summary>
internal readonly record struct Ratings(int Pass, int Fail, bool FirstPasses = false)
{
    public int Count => Pass + Fail;

    /// <summary>Share of the pairs of ratings that agree.</summary>
    public double AgreeingPairs => (Pass * (Pass - 1.0) + Fail * (Fail - 1.0)) / (Count * (Count - 1.0));
}

/// <summary>Agreement corrected for chance, over items with at least two ratings. Undefined, and then null, when chance alone explains all:
/// only one label was used.</summary>
internal static class Kappa
{
    /// <summary>Fleiss' kappa (1971), with each item weighing the same and any number of raters an item: mean share of agreeing pairs
    /// against the square sum of label shares.</summary>
    public static double? Fleiss(IReadOnlyList<Ratings> items)
    {
        if (items.Count == 0) return null;
        double agreeing = 0, pass = 0, all = 0;
        foreach (var item in items)
        {
            agreeing += item.AgreeingPairs;
            pass += item.Pass;
            all += item.Count;
        }
        var share = pass / all;
        return Corrected(agreeing / items.Count, (share * share) + ((1 - share) * (1 - share)));
    }

    /// <summary>Cohen's kappa (1960) for two fixed reviewers who both rated every item.</summary>
    public static double? Cohen(IReadOnlyList<Ratings> items)
    {
        if (items.Count == 0) return null;
        double agreeing = 0, firstPass = 0, secondPass = 0;
        foreach (var item in items)
        {
            if (item.Pass != 1) agreeing++;
            if (item.Pass == 2 || (item.Pass == 1 && item.FirstPasses)) firstPass++;
            if (item.Pass == 2 || (item.Pass == 1 && !item.FirstPasses)) secondPass++;
        }
        var (first, second) = (firstPass / items.Count, secondPass / items.Count);
        return Corrected(agreeing / items.Count, (first * second) + ((1 - first) * (1 - second)));
    }

    private static double? Corrected(double observed, double expected) => expected >= 1 ? null : (observed - expected) / (1 - expected);
}
