using System.Diagnostics;

namespace Plumbline.Benchmarks;

/// <summary>Times an operation and prints its percentiles.</summary>
internal static class Timing
{
    public static async Task<(double P50, double P95)> MeasureAsync(string name, int rounds, Func<int, Task<object?>> run, string bar)
    {
        for (var i = 0; i < Math.Min(5, rounds); i++) await run(i);
        var times = new double[rounds];
        object? last = null;
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            last = await run(i);
            times[i] = watch.Elapsed.TotalMilliseconds;
        }
        cpu = (Environment.CpuUsage.TotalTime - cpu) / rounds;
        Array.Sort(times);
        var (p50, p95) = (times[rounds / 2], times[(int)(rounds * 0.95)]);
        Print($"{name,-46} p50 {p50,8:F2} ms  p95 {p95,8:F2} ms  max {times[^1],8:F2} ms  processor {cpu.TotalMilliseconds,7:F2} ms   bar {bar,-24} {last}");
        return (p50, p95);
    }

    public static void Print(string line) => Console.Out.WriteLine(line);
}
