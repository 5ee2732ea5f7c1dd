using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Benchmarks.Load;

/// <summary>Kills a server under load, so that its log is as full as it may be, and looks how long it takes until it answers again.</summary>
internal static class Restart
{
    private const double Bar = 3;

    /// <summary>Fills the log, kills, starts again. Gives the new server.</summary>
    public static async Task<ServerProcess> RunAsync(ServerProcess server, Target target, LoadSettings settings, RequestSource source)
    {
        var pressure = new Pressure(source, await target.ConnectAsync(settings));
        var largest = 0L;
        var filling = pressure.FullAsync(long.MaxValue / 2);
        // The log grows until a block is written and shrinks then; it is killed when it is about to.
        for (var tries = 0; tries < 400 && (tries < 100 || LogBytes(server) < largest * 9 / 10); tries++)
        {
            largest = Math.Max(largest, LogBytes(server));
            await Task.Delay(20);
        }
        await server.KillAsync();
        await ((Task)filling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var log = LogBytes(server);
        var watch = Stopwatch.StartNew();
        var again = await ServerProcess.StartAsync(server.Folder, Target.FirstRun);
        var ready = watch.Elapsed.TotalSeconds;
        using var script = ServerClient.Script(again, Target.ApiKey);
        var questions = await Questions.AskAsync(script);
        await questions.FirstAnswerAsync();
        Timing.Print(string.Create(CultureInfo.InvariantCulture,
            $"killed under load and started again with a log of {log >> 20} MiB: ready after {ready:F2} s, the newest 50 traces answered after "
                + $"{watch.Elapsed.TotalSeconds:F2} s (bar {Bar:F0} s)"));
        return again;
    }

    private static long LogBytes(ServerProcess server)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(server.Folder, "objects", "traces")).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(f => f.Directory!.Name == "wal").Sum(f => f.Length);
        }
        catch (IOException)
        {
            return 0; // a file went away while it was counted
        }
    }
}
