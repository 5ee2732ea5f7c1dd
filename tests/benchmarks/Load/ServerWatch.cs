using System.Diagnostics;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Plumbline.Benchmarks.Load;

/// <summary>Looks at a server process from outside, once a second: memory, and what its runtime counts.</summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Interval = new() { ["EventCounterIntervalSec"] = "1" };
    private readonly Process _process;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<Moment> _moments = [];
    private readonly Dictionary<string, double> _counters = [];
    private readonly EventPipeSession _session;
    private readonly Task _reading;

    public ServerWatch(int processId)
    {
        _process = Process.GetProcessById(processId);
        _session = new DiagnosticsClient(processId).StartEventPipeSession(
            [new EventPipeProvider("System.Runtime", System.Diagnostics.Tracing.EventLevel.Informational, 0, Interval)],
            requestRundown: false);
        _reading = Task.Run(Read);
    }

    /// <summary>Memory in MiB and counters at one moment.</summary>
    internal sealed record Moment(double Seconds, long Resident, double Heap, double Committed, double GcShare, double Queue);

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Megabytes resident now.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    public void Print(int lines)
    {
        Moment[] all;
        lock (_moments) all = [.. _moments];
        if (all.Length == 0) return;
        Timing.Print(
            $"server memory over {all[^1].Seconds:F0} s: most {all.Max(m => m.Resident)} MiB resident, {all.Max(m => m.Heap):F0} MiB managed, "
                + $"{all.Max(m => m.Committed):F0} MiB committed; longest thread-pool queue {all.Max(m => m.Queue):F0}");
        var step = Math.Max(1, all.Length / lines);
        for (var i = step - 1; i < all.Length; i += step)
            Timing.Print(string.Create(
                CultureInfo.InvariantCulture,
                $"  {all[i].Seconds,5:F0} s  {all[i].Resident,6} MiB resident  {all[i].Heap,6:F0} MiB managed  {all[i].Committed,6:F0} MiB "
                    + $"committed  {all[i].GcShare,4:F0} % of the time in the collector  queue {all[i].Queue:F0}"));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _session.StopAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ServerNotAvailableException or TimeoutException or EndOfStreamException)
        {
            // the server has ended before its watcher
        }
        _session.Dispose();
        await _reading;
        _process.Dispose();
    }

    private void Read()
    {
        using var source = new EventPipeEventSource(_session.EventStream);
        source.Dynamic.All += traced =>
        {
            if (traced.EventName != "EventCounters" || traced.PayloadValue(0) is not IDictionary<string, object> outer
                || outer["Payload"] is not IDictionary<string, object> counter) return;
            var name = (string)counter["Name"];
            _counters[name] = Convert.ToDouble(counter.TryGetValue("Mean", out var mean) ? mean : counter["Increment"], CultureInfo.InvariantCulture);
            if (name == "working-set") Note();
        };
        try
        {
            source.Process();
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or FormatException or ObjectDisposedException)
        {
            // killed servers end their stream in the middle
        }
    }

    private void Note()
    {
        double Value(string name) => _counters.GetValueOrDefault(name);
        lock (_moments)
            _moments.Add(new(
                _watch.Elapsed.TotalSeconds, (long)Value("working-set"), Value("gc-heap-size"), Value("gc-committed"), Value("time-in-gc"),
                Value("threadpool-queue-length")));
    }
}
