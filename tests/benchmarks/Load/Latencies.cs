using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Benchmarks.Load;

/// <summary>How long requests took.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public void Add(long fromTimestamp)
    {
        var elapsed = Stopwatch.GetElapsedTime(fromTimestamp).TotalMilliseconds;
        lock (_milliseconds) _milliseconds.Add(elapsed);
    }

    public override string ToString()
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {At(sorted, 0.5):F1} ms, p95 {At(sorted, 0.95):F1} ms, p99 {At(sorted, 0.99):F1} ms, max {sorted[^1]:F1} ms");
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
