using System.Globalization;
using Plumbline.ObjectStore;
using Plumbline.Testing;
using Plumbline.Testing.Api;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>The whole server over loopback, client and yardsticks in the same run on the same cores.</summary>
internal static class LoadBenchmark
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly string[] RedactedKinds = ["EMAIL", "PHONE", "CREDIT_CARD", "IP_ADDRESS", "SECRET"];

    public static async Task RunAsync(LoadSettings settings)
    {
        var source = new RequestSource(settings);
        Timing.Print(string.Create(CultureInfo.InvariantCulture,
            $"== {settings.Mode}: {settings.Spans:N0} spans in {settings.Rounds} rounds after {settings.WarmUp:N0} to warm up, "
                + $"{settings.Connections} {(settings.IsGrpc ? "calls at once on one connection" : "connections")}, {source.SpansPerRequest:F0} "
                + $"spans a request, {source.BytesPerSpan:F0} B a span as sent, {Environment.ProcessorCount} cores"));
        var full = await ServerAsync(settings, source);
        if (settings.YardstickSpans == 0) return;
        foreach (var kind in Yardstick.Kinds) await Target.WithYardstickAsync(kind, target => YardstickAsync(target, settings, source, full));
    }

    private static async Task<double> ServerAsync(LoadSettings settings, RequestSource source)
    {
        await using var server = await ServerProcess.StartAsync(environment: Target.FirstRun);
        using var script = ServerClient.Script(server, Target.ApiKey);
        var questions = await Questions.AskAsync(script);
        if (settings.Redacts) await RedactAsync(server, questions.ProjectId);
        var target = Target.Of(server);
        double full;
        await using (var watch = new ServerWatch(server.ProcessId))
        {
            if (settings.Pause > 0) Timing.Print($"process {server.ProcessId}");
            full = await PressAsync(target, settings, source, watch, questions);
            if (settings.ShowMemory) watch.Print(12);
            Timing.Print($"resident at rest: {watch.Resident} MiB");
        }
        await questions.RunAsync(source, 100);
        await using var again = await Restart.RunAsync(server, target, settings, source);
        await again.StopAsync();
        await SizeAsync(server.Folder);
        return full;
    }

    private static async Task<double> PressAsync(Target target, LoadSettings settings, RequestSource source, ServerWatch watch, Questions questions)
    {
        var senders = await target.ConnectAsync(settings);
        var pressure = new Pressure(source, senders);
        await pressure.FullAsync(settings.WarmUp);
        await Task.Delay(TimeSpan.FromSeconds(settings.Pause));
        var full = await Rounds.RunAsync(target.Name, pressure, settings, settings.Spans, () => watch.Processor);
        if (settings.HalfSeconds > 0)
        {
            await Task.Delay(Rest); // blocks that the full rounds left to be written are not part of half load
            var (paced, latencies) = await pressure.PacedAsync(
                settings.HalfRate > 0 ? settings.HalfRate : full / 2, TimeSpan.FromSeconds(settings.HalfSeconds));
            Timing.Print($"half load, {paced:N0} spans/s, counted from when a request was due: {latencies} (bar p99 50 ms)");
        }
        Timing.Print(
            $"visible at once after the acknowledgement: {await VisibleAsync(pressure, questions)}; refused and sent again: "
                + $"{(pressure.Refusals.IsEmpty ? "none" : string.Join(", ", pressure.Refusals.Select(r => $"{r.Value} x {r.Key}")))}");
        foreach (var sender in senders) await sender.DisposeAsync();
        return full;
    }

    private static async Task<string> VisibleAsync(Pressure pressure, Questions questions)
    {
        const int Tries = 20;
        var seen = 0;
        for (var i = 0; i < Tries; i++)
        {
            await pressure.FullAsync(1);
            if (await questions.SeesAsync(pressure.LastTrace)) seen++;
        }
        return $"{seen} of {Tries}";
    }

    private static async Task YardstickAsync(Target target, LoadSettings settings, RequestSource source, double full)
    {
        await using var watch = new ServerWatch(target.ProcessId);
        var senders = await target.ConnectAsync(settings);
        var pressure = new Pressure(source, senders);
        await pressure.FullAsync(settings.WarmUp);
        var yardstick = await Rounds.RunAsync("yardstick " + target.Name, pressure, settings, settings.YardstickSpans, () => watch.Processor);
        Timing.Print($"the server reaches {full / yardstick:F2} of {target.Name}{(target.Name == "discard" ? " (bar 0.5)" : "")}");
        foreach (var sender in senders) await sender.DisposeAsync();
    }

    private static async Task RedactAsync(ServerProcess server, string projectId)
    {
        using var owner = ServerClient.Browser(server);
        using var answer = await owner.PostAsync("/signin/password", new { email = Target.OwnerEmail, password = Target.OwnerPassword });
        answer.EnsureSuccessStatusCode();
        var redaction = RedactedKinds.Select(kind => new { name = kind, kind, action = "MASK" });
        await owner.DoAsync("updateProjectSettings", new { projectId, redaction }, "project { id }");
    }

    private static async Task SizeAsync(string folder)
    {
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = Path.Combine(folder, "objects") });
        var manifest = await FirstAsync(objects);
        await using var store = await SpanStore.OpenAsync(objects, manifest[..manifest.LastIndexOf('/')]);
        await store.SealAsync();
        var status = store.Status;
        Timing.Print(
            $"stored: {status.BlockSpans:N0} spans in {status.Blocks} blocks, {status.BlockBytes / (double)status.BlockSpans:F1} B a span with all "
                + "columns and indexes (bar 450)");
    }

    private static async Task<string> FirstAsync(FolderObjectStore objects)
    {
        await foreach (var found in objects.ListAsync("traces/"))
        {
            if (found.Name.EndsWith("/manifest", StringComparison.Ordinal)) return found.Name;
        }
        throw new InvalidOperationException("The server wrote no manifest.");
    }
}
