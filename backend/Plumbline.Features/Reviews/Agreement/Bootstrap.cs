namespace Plumbline.Features.Reviews.Agreement;

/// <summary>The percentile bootstrap over items (Efron 1979), with a fixed seed: the same items give the same interval.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1_000;
    private const ulong Seed = 0x9E3779B97F4A7C15;

    /// <summary>The 95 % interval of a statistic; null when no resample has a value.</summary>
    public static (double Low, double High)? Interval(IReadOnlyList<Ratings> items, Func<IReadOnlyList<Ratings>, double?> statistic)
    {
        var values = new List<double>(Resamples);
        var resample = new Ratings[items.Count];
        var random = Seed;
        for (var round = 0; round < Resamples; round++)
        {
            for (var i = 0; i < resample.Length; i++) resample[i] = items[(int)(Next(ref random) % (ulong)items.Count)];
            if (statistic(resample) is { } value) values.Add(value);
        }
        if (values.Count == 0) return null;
        values.Sort();
        return (Percentile(values, 0.025), Percentile(values, 0.975));
    }

    private static double Percentile(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same on every platform and runtime.</summary>
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
