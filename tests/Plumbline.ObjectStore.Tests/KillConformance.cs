using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Plumbline.ObjectStore.Appender;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Tests;

/// <summary>A real process, killed while it writes, for every store that outlives a process.</summary>
public abstract class KillConformance
{
    /// <summary>What tells the process which store it writes to.</summary>
    protected abstract IReadOnlyList<string> Where { get; }

    /// <summary>How many writes are acknowledged at least before the first kill, and how many more before each further one.</summary>
    protected virtual int Step => 40;

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("PLUMBLINE_SOAK_KILLS") ?? "4", CultureInfo.InvariantCulture);

    /// <summary>Opens the store that the process wrote to. It is disposed of when it can be.</summary>
    protected abstract Task<IObjectStore> OpenAsync();

    [Fact]
    public async Task Kill_WhileWriting_LosesNothingAcknowledged()
    {
        var acknowledged = new List<long> { 0 };
        for (var round = 1; round <= Rounds; round++)
        {
            await WriteUntilKilledAsync(acknowledged, acknowledged[^1] + Step * round);
            await CheckAsync(acknowledged);
        }
    }

    private async Task WriteUntilKilledAsync(List<long> acknowledged, long killAfter)
    {
        var appender = Path.Combine(AppContext.BaseDirectory, "Plumbline.ObjectStore.Appender.dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet"
                ? host
                : "dotnet", [appender, .. Where])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            acknowledged.Add(long.Parse(line, CultureInfo.InvariantCulture));
            if (acknowledged[^1] >= killAfter) process.Kill();
        }
        await process.WaitForExitAsync();
        Assert.True(acknowledged[^1] >= killAfter);
    }

    private async Task CheckAsync(List<long> acknowledged)
    {
        var store = await OpenAsync();
        using var disposable = store as IDisposable;
        await using var journal = await Journal<Counted, CountedTo>.OpenAsync(store, "crash/journal");
        Assert.InRange(journal.Version, acknowledged[^1], acknowledged[^1] + 1);
        Assert.Equal(journal.Version, journal.State.Last);
        var last = BitConverter.ToInt64((await store.GetAsync("crash/last"))!.Content);
        Assert.InRange(last, acknowledged[^1], acknowledged[^1] + 1);
        var logged = MemoryMarshal.Cast<byte, long>((await store.GetAsync("crash/wal"))!.Content).ToArray();
        Assert.Empty(acknowledged.Skip(1).Except(logged));
        var written = await RoundLogs.ReadAsync(store);
        Assert.Empty(acknowledged.TakeLast(7).Where(n => n > 0).Except(written)); // the logs before are written over
        Assert.All(written, n => Assert.InRange(n, 1, acknowledged[^1] + 1));
    }

    public sealed record CountedTo(long Number);

    public sealed class Counted : IJournaledState<CountedTo>
    {
        public long Last { get; set; }

        public void Apply(CountedTo happened) => Last = happened.Number;
    }
}
