namespace Plumbline.Features.Reviews.Agreement;

/// <summary>The percentile bootstrap over items (Efron 1979), with a fixed seed: the same items give the same interval.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1_000;
    private const ulong Seed = 0x9E3779B97F4A7C15;

    /// <summary>The 95 % interval of a statistic; null when no resample has a value.</summary>
    public static (double Low, double High)? Interval(IReadOnlyList<RatedItems> items, Func<IReadOnlyList<RatedItems>, double?> statistic)
    {
        var values = new List<double>(Resamples);
        int[] kindOf = [.. items.SelectMany((k, i) => Enumerable.Repeat(i, k.Items))];
        var drawn = new int[items.Count];
        var resample = new RatedItems[items.Count];
        var random = Seed;
        for (var round = 0; round < Resamples; round++)
        {
            drawn.AsSpan().Clear();
            for (var i = 0; i < kindOf.Length; i++) drawn[kindOf[Next(ref random, (uint)kindOf.Length)]]++;
            for (var i = 0; i < resample.Length; i++) resample[i] = items[i] with { Items = drawn[i] };
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

    /// <summary>A number below the bound: the upper half of a product takes the place of a division.</summary>
    private static int Next(ref ulong state, uint below) => (int)(((Next(ref state) >> 32) * below) >> 32);

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same on every platform and runtime.</summary>
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
