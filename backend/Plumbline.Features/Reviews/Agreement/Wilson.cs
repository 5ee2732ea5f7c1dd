namespace Plumbline.Features.Reviews.Agreement;

/// <summary>Wilson's score interval for a share, without continuity correction.</summary>
internal static class Wilson
{
    /// <summary>The 97.5th percentile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval, within 0..1.</summary>
    /// <param name="hits">0 to <paramref name="total"/>.</param>
    /// <param name="total">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such share.</exception>
    public static (double Low, double High) Interval(int hits, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, total);
        var share = hits / (double)total;
        var weight = Z * Z / total;
        var centre = share + (weight / 2);
        var spread = Z * Math.Sqrt(((share * (1 - share)) + (weight / 4)) / total);
        // At the ends the bound is exact; rounding may not push it past.
        var low = hits == 0 ? 0 : (centre - spread) / (1 + weight);
        var high = hits == total ? 1 : (centre + spread) / (1 + weight);
        return (low, high);
    }
}
