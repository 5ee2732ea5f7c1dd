using System.Diagnostics;
using System.Globalization;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks;

/// <summary>Kills a process that appends, seals and compacts, at random moments and without warning, and looks whether everything it was
/// told is stored is there, once.</summary>
internal static class KillSoak
{
    private const int SpansPerTrace = 3;
    private const int Writers = 4;
    private static readonly SpanStoreOptions Options = new() { SealSpans = 600, CompactSpans = 6000 };

    public static async Task RunAsync(int rounds)
    {
        var folder = Path.Combine(Path.GetTempPath(), "plumbline-kill-" + Guid.NewGuid().ToString("n"));
        var acknowledged = new HashSet<TraceId>();
        var random = new Random(rounds);
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                await KillOneAsync(folder, round, random, acknowledged);
                var (found, status) = await CheckAsync(folder, acknowledged);
                if (round % 10 == 0 || round == rounds)
                    Timing.Print(
                        $"round {round}: {acknowledged.Count:N0} traces acknowledged, {found:N0} there, {status.Blocks} blocks, {status.HeadSpans} "
                            + "spans in the log");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the killed process does: append until it dies, and say what was acknowledged.</summary>
    public static async Task WriteAsync(string folder, int round)
    {
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder });
        await using var store = await SpanStore.OpenAsync(objects, "kill", Options);
        var output = TextWriter.Synchronized(Console.Out);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => AppendAsync(store, (ulong)((round * Writers) + writer + 1), output)));
    }

    private static async Task AppendAsync(SpanStore store, ulong writer, TextWriter output)
    {
        for (ulong number = 1; ; number++)
        {
            var trace = new TraceId(writer, number);
            if (await store.AppendAsync(Batch(trace)) == AppendResult.Overloaded)
            {
                await Task.Delay(5);
                number--;
                continue;
            }
            await output.WriteLineAsync(trace.ToString());
            await output.FlushAsync();
        }
    }

    private static async Task KillOneAsync(string folder, int round, Random random, HashSet<TraceId> acknowledged)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [
                "kill-writer", folder, round.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"Round {round}: the writer did not start.");
        acknowledged.Add(TraceId.Parse(first));
        var rest = process.StandardOutput.ReadToEndAsync();
        await Task.Delay(random.Next(5, 600));
        process.Kill();
        // The last line may be cut: a kill does not wait for it.
        foreach (var line in (await rest).Split('\n'))
        {
            if (TraceId.TryParse(line.Trim(), out var id)) acknowledged.Add(id);
        }
        await process.WaitForExitAsync();
    }

    private static async Task<(int Found, SpanStoreStatus Status)> CheckAsync(string folder, HashSet<TraceId> acknowledged)
    {
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = folder });
        await using var store = await SpanStore.OpenAsync(objects, "kill", Options);
        if (store.Status.Quarantined.Count > 0) throw new InvalidOperationException("A block is damaged: " + store.Status.Quarantined[0]);
        var found = new HashSet<TraceId>();
        string? after = null;
        do
        {
            var page = await store.QueryTracesAsync(new TraceQuery { First = 500, After = after });
            foreach (var hit in page.Traces)
            {
                if (!found.Add(hit.Trace.TraceId) || hit.Trace.SpanCount != SpansPerTrace)
                    throw new InvalidOperationException($"Trace {hit.Trace.TraceId} is there twice or with {hit.Trace.SpanCount} spans.");
            }
            after = page.HasNextPage ? page.Traces[^1].Cursor : null;
        }
        while (after is not null);
        foreach (var id in acknowledged)
        {
            if (!found.Contains(id)) throw new InvalidOperationException($"Trace {id} was acknowledged and is gone.");
        }
        return (found.Count, store.Status);
    }

    private static SpanBatch Batch(TraceId trace) => SpanBatch.Of([.. Enumerable.Range(1, SpansPerTrace).Select(span => new SpanRecord
    {
        TraceId = trace,
        SpanId = new SpanId((ulong)span),
        ParentSpanId = new SpanId((ulong)span - 1),
        StartUnixNano = 1_790_000_000_000_000_000 + (long)trace.Low,
        EndUnixNano = 1_790_000_001_000_000_000 + (long)trace.Low,
        Name = "chat",
        Input = $"question {trace}",
    })]);
}
