using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Plumbline.Benchmarks.GraphQL;

/// <summary>The GraphQL engine's bars beside graphql-js in the same run: medians.</summary>
internal static class GraphQLBenchmark
{
    public static async Task RunAsync()
    {
        var theirs = await YardstickAsync();
        var summary = BenchmarkRunner.Run<EngineBenchmarks>(ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(6).WithIterationCount(15))
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile));
        foreach (var report in summary.Reports)
        {
            var memory = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
            Timing.Print($"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name,-20} median {Micro(report),9:F2} us  allocated {memory,9:N0} B");
        }
        double Ours(string name) => Micro(summary.Reports.Single(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == name));

        Bar("read and check the trace list, cached", Ours(nameof(EngineBenchmarks.Cached)), null, "under 20 us", Ours(nameof(EngineBenchmarks.Cached)) < 20);
        Compare(
            "read and check the trace list, uncached", Ours(nameof(EngineBenchmarks.ParseAndValidate)), theirs.ParseAndValidate,
            double.MaxValue, "a tenth of graphql-js");
        Compare("run 50 traces of 15 fields", Ours(nameof(EngineBenchmarks.Execute)), theirs.Execute, 150, "under 150 us and a tenth of graphql-js");
        await using var services = TraceList.Services();
        var engine = TraceList.Engine(services);
        var (speed, bytes, allocated) = Export.ByPages(engine, services);
        Timing.Print(
            $"{Mark(speed >= 50)} export of 100,000 rows by pages of 500, engine alone: {speed:F0} MB/s of {bytes / 1e6:F0} MB, "
                + $"{allocated / 1e6:F0} MB allocated (bar 50 MB/s)");
        var (byPages, atOnce, growth) = await Export.OverHttpAsync();
        Timing.Print(
            $"{Mark(byPages >= 50)} the same over HTTP on loopback: {byPages:F0} MB/s by pages, {growth / 1e6:F0} MB more resident; {atOnce:F0} "
                + "MB/s as one answer (bar 50 MB/s)");
        foreach (var (name, document) in Bombs.All) Bomb(name, Encoding.UTF8.GetBytes(document), engine);
    }

    private static void Bomb(string name, byte[] document, Plumbline.GraphQL.Execution.GraphQLEngine engine)
    {
        var times = new double[15];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            if (engine.Prepare(document).Errors.Count == 0) throw new InvalidOperationException($"The bomb of {name} was let in.");
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Timing.Print(
            $"{Mark(times.Max() < 50)} bomb of {name}: refused in {times.Order().ElementAt(times.Length / 2):F1} ms, first time {times[0]:F1} ms, "
                + $"slowest {times.Max():F1} ms (bar 50 ms)");
    }

    private static void Compare(string what, double ours, double theirs, double most, string bar) =>
        Bar(what, ours, theirs, bar, ours < most && ours * 10 <= theirs);

    private static void Bar(string what, double ours, double? theirs, string bar, bool met) =>
        Timing.Print($"{Mark(met)} {what}: {ours:F2} us{(theirs is { } t ? $", graphql-js {t:F1} us, ratio {t / ours:F1}" : "")} (bar {bar})");

    private static string Mark(bool met) => met ? "met " : "MISS";

    private static double Micro(BenchmarkReport report) => report.ResultStatistics!.Median / 1000;

    private static async Task<(double ParseAndValidate, double Execute)> YardstickAsync()
    {
        var start = new ProcessStartInfo("node", "tests/conformance/yardstick.mjs") { RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node cannot be started.");
        using var answer = JsonDocument.Parse(await node.StandardOutput.ReadToEndAsync());
        await node.WaitForExitAsync();
        double Of(string name) => answer.RootElement.GetProperty(name).GetDouble();
        Timing.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"graphql-js: parse {Of("parse"):F1} us, validate {Of("validate"):F1} us, both {Of("parseAndValidate"):F1} us, execute 50x15 "
                + $"{Of("execute"):F1} us (medians)"));
        return (Of("parseAndValidate"), Of("execute"));
    }
}
