using System.Diagnostics;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;
using TraceFilter = Plumbline.TraceStore.TraceFilter;

namespace Plumbline.Benchmarks;

/// <summary>Fills a store on disk and asks it what the product asks.</summary>
internal static class StoreBenchmark
{
    private const long Start = 1_790_000_000_000_000_000;
    private const long Day = 86_400_000_000_000;
    private const int TracesPerBatch = 100;

    public static async Task RunAsync(long spans, string folder, int writers)
    {
        Timing.Print($"== store of {spans:N0} spans, {Environment.ProcessorCount} cores, {writers} writers");
        Directory.CreateDirectory(folder);
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder });
        var traces = (long)(spans / SpanGenerator.SpansPerTrace);
        await using (var store = await SpanStore.OpenAsync(objects, "bench/p/0"))
        {
            await FillAsync(store, traces, writers);
            await QueriesAsync(store, traces, Start, 30 * Day);
        }
        await RestartAsync(objects, traces);
        var watch = Stopwatch.StartNew();
        await using var again = await SpanStore.OpenAsync(objects, "bench/p/0");
        Timing.Print($"open again: {watch.Elapsed.TotalMilliseconds:F0} ms with {again.Status.HeadSpans:N0} spans in the log (bar 3 s)");
        await ColdAsync(again, traces);
    }

    // Opens the store with a log of 256 MB that is in no block yet.
    private static async Task RestartAsync(FolderObjectStore objects, long traces)
    {
        const long log = 256_000_000;
        var generator = new SpanGenerator(2, Start + (31 * Day), Day, 1_000_000);
        await using (var store = await SpanStore.OpenAsync(objects, "bench/p/0", new SpanStoreOptions { SealBytes = long.MaxValue / 4, SealSpans = int.MaxValue / 4 }))
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
        await using var again = await SpanStore.OpenAsync(objects, "bench/p/0");
        Timing.Print($"open with a log of {log / 1_000_000} MB, {again.Status.HeadSpans:N0} spans: {watch.Elapsed.TotalMilliseconds:F0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:F0} ms of processor (bar 3 s, {traces:N0} traces in blocks)");
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
        Timing.Print($"appended {spans:N0} spans, {bytes / (double)spans:F0} B of record each, {spans / appending.Elapsed.TotalSeconds:N0} spans/s acknowledged after fsync (generation not counted, sealing beside it), {cpu.TotalMicroseconds / spans:F1} us of processor a span, {refused} refused, peak {peak >> 20} MiB resident");
        var seal = Stopwatch.StartNew();
        await store.SealAsync();
        var status = store.Status;
        GC.Collect();
        var heap = GC.GetGCMemoryInfo();
        Timing.Print($"after the fill: {Environment.WorkingSet >> 20} MiB resident, {heap.HeapSizeBytes >> 20} MiB managed of which {heap.FragmentedBytes >> 20} MiB are free");
        Timing.Print($"sealed in {seal.Elapsed.TotalSeconds:F1} s after the last append; {status.Blocks} blocks, {status.BlockBytes / (double)status.BlockSpans:F1} B a span stored (bar 450), whole fill {total.Elapsed.TotalSeconds:F0} s");
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

    private static async Task QueriesAsync(SpanStore store, long traces, long start, long length)
    {
        var range = new TimeRange(start, start + length);
        var words = new Vocabulary(7);
        var ids = await SampleAsync(store);
        var hidden = ids.Take(100).ToHashSet();
        await Timing.MeasureAsync("newest 50 traces", 200, async _ => (await store.QueryTracesAsync(new TraceQuery())).Traces.Count, "");
        await Timing.MeasureAsync("newest 50 traces with a model", 200, async i => (await store.QueryTracesAsync(new TraceQuery { Where = new TraceFilter { Model = Eq(SpanGenerator.Models[i % 7]) } })).Traces.Count, "p50 2, p95 5");
        await Timing.MeasureAsync("the same with a total count", 100, async i => (await store.QueryTracesAsync(new TraceQuery { WantTotalCount = true, Where = new TraceFilter { Model = Eq(SpanGenerator.Models[i % 7]) } })).TotalCount, "");
        await Timing.MeasureAsync("newest 50 spans with a model", 200, async i => (await store.QuerySpansAsync(new SpanQuery { Where = new SpanFilter { Model = Eq(SpanGenerator.Models[i % 7]) } })).Spans.Count, "p50 2, p95 5");
        await Timing.MeasureAsync("newest 50 traces of a user", 100, async i => (await store.QueryTracesAsync(new TraceQuery { Where = new TraceFilter { UserId = Eq($"user-{i * 37 % 5000:d5}") } })).Traces.Count, "");
        await Timing.MeasureAsync("50 dearest traces", 50, async _ => (await store.QueryTracesAsync(new TraceQuery { OrderBy = TraceOrderField.Cost })).Traces.Count, "");
        await Timing.MeasureAsync("trace by id", 500, async i => (await store.GetTraceAsync(ids[i % ids.Count]))?.Spans.Count, "p50 1");
        await Timing.MeasureAsync("hour x model over 30 days", 30, async _ => (await store.StatsAsync(Hourly(range))).Count, "p50 10, p95 30");
        await Timing.MeasureAsync("the same of one environment", 30, async i => (await store.StatsAsync(Hourly(range) with { Where = new SpanFilter { Environment = Eq(i % 2 == 0 ? "production" : "staging") } })).Count, "p50 10, p95 30");
        await Timing.MeasureAsync("the same without 100 traces", 30, async _ => (await store.StatsAsync(Hourly(range) with { Exclude = hidden })).Count, "");
        await Timing.MeasureAsync("the same by a scan (yardstick)", 10, async _ => (await store.StatsAsync(Hourly(range) with { Where = new SpanFilter { Not = new SpanFilter { TraceIds = [] } } })).Count, "");
        await Timing.MeasureAsync("the same for a user", 30, async i => (await store.StatsAsync(Hourly(range) with { Where = new SpanFilter { UserId = Eq($"user-{i * 37:d5}") } })).Count, "p50 40");
        await Timing.MeasureAsync("the same for a tag", 30, async _ => (await store.StatsAsync(Hourly(range) with { Where = new SpanFilter { Tags = ["beta"] } })).Count, "p50 40");
        await Timing.MeasureAsync("search, rare word, newest 50", 50, async i => (await Search(store, words[15_000 + (i * 50)])).Traces.Count, "p50 20, p95 60");
        await Timing.MeasureAsync("search, common word, newest 50", 50, async i => (await Search(store, words[30 + i])).Traces.Count, "p50 10, p95 60");
        await Timing.MeasureAsync("search, part of a word, newest 50", 50, async i => (await Search(store, words[9_000 + i][1..])).Traces.Count, "");
        await Timing.MeasureAsync("facet of models", 30, async _ => (await store.FacetsAsync(new FacetQuery { Field = FacetField.Model, Range = range })).Count, "");
        await Timing.MeasureAsync("newest 50 sessions", 10, async _ => (await store.SessionsAsync(new SessionQuery())).Sessions.Count, "");
        GC.Collect();
        var heap = GC.GetGCMemoryInfo();
        Timing.Print($"memory: {Environment.WorkingSet >> 20} MiB resident, {heap.HeapSizeBytes >> 20} MiB managed of which {heap.FragmentedBytes >> 20} MiB are free, cache {store.Status.CacheBytes >> 20} MiB ({traces:N0} traces)");
    }

    private static async Task ColdAsync(SpanStore store, long traces)
    {
        var ids = await SampleAsync(store);
        await using var cold = store;
        var seen = 0;
        await Timing.MeasureAsync("trace by id, mostly cold blocks", 100, async i => (await store.GetTraceAsync(ids[(i * 7) % ids.Count]))?.Spans.Count + (seen++ * 0), "p95 10");
        Timing.Print($"({traces:N0} traces)");
    }

    // Traces from all over the time range.
    private static async Task<List<TraceId>> SampleAsync(SpanStore store)
    {
        var ids = new List<TraceId>();
        for (var day = 0; day < 30; day++)
        {
            var page = await store.QueryTracesAsync(new TraceQuery { First = 20, Where = new TraceFilter { Range = new TimeRange(Start + (day * Day), Start + ((day + 1) * Day)) } });
            ids.AddRange(page.Traces.Select(t => t.Trace.TraceId));
        }
        var random = new Random(3);
        return [.. ids.OrderBy(_ => random.Next())];
    }

    private static StatsQuery Hourly(TimeRange range) => new() { Range = range, BucketNano = 3_600_000_000_000, GroupBy = [FacetField.Model] };

    private static ValueTask<TracePage> Search(SpanStore store, string text) => store.QueryTracesAsync(new TraceQuery { Where = new TraceFilter { Search = text } });

    private static StringFilter Eq(string value) => new() { Eq = value };
}
