using System.Diagnostics;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>Something the product asks of a store.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Bar">What it may take.</param>
/// <param name="Rounds">How often it is asked.</param>
/// <param name="Ask">Asks it with values of a number's own, and says something about the answer.</param>
internal sealed record Question(string Name, string Bar, int Rounds, Func<SpanStore, int, Task<object?>> Ask)
{
    private const int Opened = 5;
    private const int WarmUp = 1_200;

    /// <summary>How long it takes a store that has just been opened, one with warm columns that was not asked with these values before, and one that
    /// was.</summary>
    public async Task MeasureAsync(Func<Task<SpanStore>> open, SpanStore warm)
    {
        // Until the code is compiled as well as it gets.
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUp; i++) await Ask(warm, 1_000_000 + i);
        var cpu = Environment.CpuUsage.TotalTime;
        var (fresh, last) = await TimesAsync(warm, i => 2_000 + i);
        cpu = (Environment.CpuUsage.TotalTime - cpu) / Rounds;
        var (repeated, _) = await TimesAsync(warm, _ => 2_000);
        var cold = await ColdAsync(open);
        Timing.Print(
            $"{Name,-44} opened {cold[cold.Length / 2],7:F1}   new values p50 {At(fresh, 0.5),7:F2} p95 {At(fresh, 0.95),7:F2} processor "
                + $"{cpu.TotalMilliseconds,7:F2}   repeated p50 {At(repeated, 0.5),7:F2} p95 {At(repeated, 0.95),7:F2}   bar {Bar,-18} {last}");
    }

    private async Task<double[]> ColdAsync(Func<Task<SpanStore>> open)
    {
        var times = new double[Opened];
        for (var i = 0; i < Opened; i++)
        {
            await using var store = await open();
            var watch = Stopwatch.StartNew();
            await Ask(store, i);
            times[i] = watch.Elapsed.TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    private async Task<(double[] Times, object? Last)> TimesAsync(SpanStore store, Func<int, int> number)
    {
        var times = new double[Rounds];
        object? last = null;
        for (var i = 0; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            last = await Ask(store, number(i));
            times[i] = watch.Elapsed.TotalMilliseconds;
        }
        Array.Sort(times);
        return (times, last);
    }

    private static double At(double[] times, double share) => times[(int)(times.Length * share)];
}
