using System.Diagnostics;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Store;

/// <summary>Fills a store on disk and asks it what the product asks.</summary>
internal static class StoreBenchmark
{
    private const long Start = 1_790_000_000_000_000_000;
    private const long Day = 86_400_000_000_000;
    private const int TracesPerBatch = 100;
    private const string Prefix = "bench/p/0";

    /// <summary>Fills a store, asks it, and opens it with a long log. A folder that holds a store already is asked alone.</summary>
    public static async Task RunAsync(long spans, string folder, int writers, string which)
    {
        Timing.Print($"== store of {spans:N0} spans, {Environment.ProcessorCount} cores, {writers} writers");
        var filled = Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder });
        var traces = (long)(spans / SpanGenerator.SpansPerTrace);
        if (!filled)
        {
            await using var store = await SpanStore.OpenAsync(objects, Prefix);
            await FillAsync(store, traces, writers);
        }
        await QueriesAsync(objects, which);
        if (filled) return;
        await RestartAsync(objects, traces);
        var watch = Stopwatch.StartNew();
        await using var again = await SpanStore.OpenAsync(objects, Prefix);
        Timing.Print($"open again: {watch.Elapsed.TotalMilliseconds:F0} ms with {again.Status.HeadSpans:N0} spans in the log (bar 3 s)");
    }

    // Opens the store with a log of 256 MB that is in no block yet.
    private static async Task RestartAsync(FolderObjectStore objects, long traces)
    {
        const long log = 256_000_000;
        var generator = new SpanGenerator(2, Start + (31 * Day), Day, 1_000_000);
        await using (var store = await SpanStore.OpenAsync(
            objects, Prefix, new SpanStoreOptions { SealBytes = long.MaxValue / 4, SealSpans = int.MaxValue / 4 }))
        {
            for (long written = 0; written < log;)
            {
                var batch = generator.Next(TracesPerBatch);
                await store.AppendAsync(batch);
                written += batch.Bytes.Length;
            }
        }
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        await using var again = await SpanStore.OpenAsync(objects, Prefix);
        Timing.Print(
            $"open with a log of {log / 1_000_000} MB, {again.Status.HeadSpans:N0} spans: {watch.Elapsed.TotalMilliseconds:F0} ms, "
                + $"{(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:F0} ms of processor (bar 3 s, {traces:N0} traces in blocks)");
        await again.SealAsync();
    }

    private static async Task FillAsync(SpanStore store, long traces, int writers)
    {
        var generator = new SpanGenerator(1, Start, 30 * Day, traces);
        long spans = 0, bytes = 0, peak = 0;
        var appending = new Stopwatch();
        var refused = 0;
        var cpu = TimeSpan.Zero;
        var total = Stopwatch.StartNew();
        for (long done = 0; done < traces;)
        {
            var round = new List<SpanBatch>();
            for (var i = 0; i < writers * 8 && done < traces; i++, done += TracesPerBatch) round.Add(generator.Next(TracesPerBatch));
            spans += round.Sum(b => (long)b.Count);
            bytes += round.Sum(b => (long)b.Bytes.Length);
            var before = Environment.CpuUsage.TotalTime;
            appending.Start();
            refused += await AppendAsync(store, round, writers);
            appending.Stop();
            cpu += Environment.CpuUsage.TotalTime - before;
            peak = Math.Max(peak, Environment.WorkingSet);
        }
        Timing.Print(
            $"appended {spans:N0} spans, {bytes / (double)spans:F0} B of record each, {spans / appending.Elapsed.TotalSeconds:N0} spans/s "
                + $"acknowledged after fsync (generation not counted, sealing beside it), {cpu.TotalMicroseconds / spans:F1} us of processor a "
                + $"span, {refused} refused, peak {peak >> 20} MiB resident");
        var seal = Stopwatch.StartNew();
        await store.SealAsync();
        var status = store.Status;
        GC.Collect();
        var heap = GC.GetGCMemoryInfo();
        Timing.Print(
            $"after the fill: {Environment.WorkingSet >> 20} MiB resident, {heap.HeapSizeBytes >> 20} MiB managed of which "
                + $"{heap.FragmentedBytes >> 20} MiB are free");
        Timing.Print(
            $"sealed in {seal.Elapsed.TotalSeconds:F1} s after the last append; {status.Blocks} blocks, "
                + $"{status.BlockBytes / (double)status.BlockSpans:F1} B a span stored (bar 450), whole fill {total.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task<int> AppendAsync(SpanStore store, List<SpanBatch> batches, int writers)
    {
        var refused = 0;
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (batch, ct) =>
        {
            while (await store.AppendAsync(batch, ct) == AppendResult.Overloaded)
            {
                Interlocked.Increment(ref refused);
                await Task.Delay(20, ct);
            }
        });
        return refused;
    }

    private static async Task QueriesAsync(FolderObjectStore objects, string which)
    {
        await using var store = await SpanStore.OpenAsync(objects, Prefix);
        var questions = new Questions(new NanoRange(Start, Start + (30 * Day)), await SampleAsync(store));
        foreach (var question in questions.All().Where(q => q.Name.Contains(which, StringComparison.Ordinal)))
        {
            // Opening fences off whoever appends, but blocks are read all the same.
            await question.MeasureAsync(() => SpanStore.OpenAsync(objects, Prefix), store);
        }
        GC.Collect();
        var heap = GC.GetGCMemoryInfo();
        Timing.Print(
            $"memory: {Environment.WorkingSet >> 20} MiB resident, {heap.HeapSizeBytes >> 20} MiB managed of which {heap.FragmentedBytes >> 20} "
                + $"MiB are free, cache {store.Status.CacheBytes >> 20} MiB");
    }

    // Traces from all over the time range.
    private static async Task<List<TraceId>> SampleAsync(SpanStore store)
    {
        var ids = new List<TraceId>();
        for (var day = 0; day < 30; day++)
        {
            var page = await store.QueryTracesAsync(new TraceQuery
            {
                First = 20,
                Where = new TraceCondition { Range = new NanoRange(Start + (day * Day), Start + ((day + 1) * Day)) },
            });
            ids.AddRange(page.Traces.Select(t => t.Trace.TraceId));
        }
        var random = new Random(3);
        return [.. ids.OrderBy(_ => random.Next())];
    }
}
