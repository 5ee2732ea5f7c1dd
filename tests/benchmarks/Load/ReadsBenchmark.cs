using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>What the product asks of a whole server through GraphQL: right after the server started, with values not asked before, and again.</summary>
internal sealed class ReadsBenchmark
{
    private const int BigTrace = 500;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private readonly string _folder;
    private readonly RequestSource _source = new(new LoadSettings());
    private readonly int _rounds;

    private ReadsBenchmark(string folder, int rounds) => (_folder, _rounds) = (folder, rounds);

    /// <summary>Fills a server and asks it. A folder that holds a server's data already is asked alone.</summary>
    public static async Task RunAsync(long spans, string? folder, string which, int rounds)
    {
        var kept = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var benchmark = new ReadsBenchmark(folder, rounds);
            if (!File.Exists(benchmark.Marker)) await benchmark.FillAsync(spans);
            await benchmark.AskAsync(which);
        }
        finally
        {
            if (!kept) Directory.Delete(folder, recursive: true);
        }
    }

    private string Marker => Path.Combine(_folder, "filled");

    private async Task FillAsync(long spans)
    {
        Directory.CreateDirectory(_folder);
        var server = await ServerProcess.StartAsync(_folder, Target.FirstRun);
        var target = Target.Of(server);
        var settings = new LoadSettings();
        var senders = await target.ConnectAsync(settings);
        var pressure = new Pressure(_source, senders);
        await pressure.FullAsync(spans);
        var big = new RequestTemplate(OneTrace(), json: false);
        big.Renew(1L << 40, _source.Now);
        if (!(await senders[0].SendAsync(big)).Accepted) throw new InvalidOperationException("The server refused a trace of many spans.");
        await File.WriteAllTextAsync(Marker, big.LastTrace + " " + _source.Now.ToString(CultureInfo.InvariantCulture));
        foreach (var sender in senders) await sender.DisposeAsync();
        await server.StopAsync();
    }

    private async Task AskAsync(string which)
    {
        var marker = (await File.ReadAllTextAsync(Marker)).Split(' ');
        var (big, now) = (marker[0], long.Parse(marker[1], CultureInfo.InvariantCulture));
        var server = await ServerProcess.StartAsync(_folder, Target.FirstRun);
        Timing.Print($"== reads through GraphQL, {Environment.ProcessorCount} cores, client on the same; process {server.ProcessId}");
        using (var script = ServerClient.Script(server, Target.ApiKey))
        {
            var reads = new Reads(await Questions.AskAsync(script), now, big, _source.Words);
            foreach (var (name, ask) in reads.All().Where(r => r.Name.Contains(which, StringComparison.Ordinal))) await WarmAsync(name, ask);
        }
        await server.StopAsync();
        for (var i = 0; i < Reads.Names.Length; i++)
        {
            if (Reads.Names[i].Contains(which, StringComparison.Ordinal)) await FirstAsync(i, now, big);
        }
    }

    private async Task WarmAsync(string name, Func<int, Task<object?>> ask)
    {
        // Until what is called often has been compiled for it: a server that has run for a minute is what is measured here.
        var watch = Stopwatch.StartNew();
        for (var i = 0; watch.Elapsed < WarmUp; i++) await ask(1_000 + i);
        await Timing.MeasureAsync(name + ", new values", _rounds, i => ask(i), "");
        await Timing.MeasureAsync(name + ", repeated", _rounds, _ => ask(0), "");
    }

    // The very first thing that a server is asked: its code is not compiled, its columns are on disk.
    private async Task FirstAsync(int question, long now, string big)
    {
        var server = await ServerProcess.StartAsync(_folder, Target.FirstRun);
        using (var script = ServerClient.Script(server, Target.ApiKey))
        {
            var reads = new Reads(await Questions.AskAsync(script), now, big, _source.Words);
            var (name, ask) = reads.All().ElementAt(question);
            var watch = Stopwatch.StartNew();
            await ask(0);
            Timing.Print($"{name + ", first after a start",-60} {watch.Elapsed.TotalMilliseconds,8:F1} ms");
        }
        await server.StopAsync();
    }

    private static List<SpanRecord> OneTrace()
    {
        var spans = new SpanGenerator(9, RequestSource.Start, BigTrace * 1_000_000L, BigTrace).Next(BigTrace / 4).ToRecords();
        var root = spans[0];
        return [.. spans.Take(BigTrace).Select((s, i) =>
            s with
            {
                TraceId = root.TraceId, SpanId = new SpanId((ulong)i + 1), ParentSpanId = i == 0 ? default : new SpanId((ulong)(i / 3) + 1),
                SessionId = root.SessionId, UserId = root.UserId,
            })];
    }
}
