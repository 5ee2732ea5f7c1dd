using System.Diagnostics;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Azure;
using Plumbline.Testing;

namespace Plumbline.Benchmarks.Objects;

/// <summary>The object store on disk beside that over Azure Blob Storage, the latter against the emulator on this machine: its figures are mostly
/// the emulator's, and a round trip to the service takes longer.</summary>
internal static class ObjectsBenchmark
{
    private const int Names = 10_000;
    private static readonly byte[] Small = new byte[1024];
    private static readonly byte[] Page = new byte[4096];

    public static async Task RunAsync(int rounds)
    {
        var root = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        await using var azurite = await AzuriteProcess.StartAsync();
        try
        {
            using var folder = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = root });
            var options = new AzureObjectStoreOptions { ConnectionString = azurite.ConnectionString, Container = "bench" };
            (string, IObjectStore)[] stores = [("folder", folder), ("azurite", await AzureObjectStore.OpenAsync(options))];
            foreach (var (_, store) in stores) await FillAsync(store);
            foreach (var appenders in new[] { 1, 8, 64 })
            {
                await CompareAsync(
                    $"append 1 KiB, {appenders} at once", stores, rounds, (store, round) => AppendAsync(store, $"log/{appenders}/{round}", appenders));
            }
            await CompareAsync("put 4 KiB", stores, rounds, (store, round) => RepeatAsync(200, i => store.PutAsync($"put/{round}/{i}", Page).AsTask()));
            await CompareAsync("get 4 KiB", stores, rounds, (store, _) => RepeatAsync(400, i => store.GetAsync($"list/{i:d6}").AsTask()));
            await CompareAsync($"list {Names} names", stores, rounds, (store, _) => RepeatAsync(1, _ => ListAsync(store)));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // In turn, so that what else the machine does meets all alike.
    private static async Task CompareAsync(
        string what, (string Name, IObjectStore Store)[] stores, int rounds, Func<IObjectStore, int, Task<(double[] Times, double Seconds)>> run)
    {
        var results = stores.ToDictionary(s => s.Name, _ => new List<(double P50, double P95, double PerSecond)>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, store) in stores)
            {
                var (times, seconds) = await run(store, round);
                Array.Sort(times);
                if (round > 0) results[name].Add((times[times.Length / 2], times[(int)(times.Length * 0.95)], times.Length / seconds));
            }
        }
        foreach (var (name, _) in stores)
        {
            double Median(Func<(double P50, double P95, double PerSecond), double> of) => results[name].Select(of).Order().ElementAt(rounds / 2);
            Timing.Print($"{what,-26} {name,-8} p50 {Median(r => r.P50),9:F3} ms  p95 {Median(r => r.P95),9:F3} ms  {Median(r => r.PerSecond),10:F0} /s");
        }
    }

    private static async Task<(double[] Times, double Seconds)> AppendAsync(IObjectStore store, string name, int appenders)
    {
        await using var log = await store.OpenAppendAsync(name);
        var each = Math.Max(300 / appenders, 40);
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(async () =>
            (await RepeatAsync(each, _ => log.AppendAsync(Small).AsTask())).Times)));
        return (times.SelectMany(t => t).ToArray(), watch.Elapsed.TotalSeconds);
    }

    private static async Task<(double[] Times, double Seconds)> RepeatAsync(int times, Func<int, Task> run)
    {
        var (taken, watch) = (new double[times], Stopwatch.StartNew());
        for (var i = 0; i < times; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await run(i);
            taken[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        return (taken, watch.Elapsed.TotalSeconds);
    }

    private static async Task ListAsync(IObjectStore store)
    {
        var count = 0;
        await foreach (var _ in store.ListAsync("list/")) count++;
        if (count != Names) throw new InvalidOperationException($"{count} of {Names} names were listed.");
    }

    private static Task FillAsync(IObjectStore store) => Parallel.ForAsync(
        0, Names, new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (i, cancel) => await store.PutAsync($"list/{i:d6}", Page, cancellationToken: cancel));
}
