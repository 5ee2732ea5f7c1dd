using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>
/// Starts and stops the grains with the host. A stop ends reminders, lets running and waiting calls finish,
/// deactivates every grain and refuses calls from then on.
/// </summary>
internal sealed partial class Silo(GrainRuntime runtime, IServiceProvider services, IOptions<EmbeddedOptions> options, ILogger<Silo> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private Timer? _collector;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ReminderService>() is { } reminders) await reminders.StartAsync(cancellationToken);
        var quantum = runtime.Collection.CollectionQuantum;
        _collector = new Timer(_ => Collect(Environment.TickCount64), null, quantum, quantum);
        LogStarted(logger, runtime.Classes.Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_collector is not null) await _collector.DisposeAsync();
        if (services.GetService<ReminderService>() is { } reminders) await reminders.StopAsync();
        var clock = Stopwatch.StartNew();
        bool InTime(double share) => clock.Elapsed < options.Value.DrainTimeout * share && !cancellationToken.IsCancellationRequested;

        while (InTime(0.5) && runtime.Directory.Activations.Any(a => a.IsBusy)) await Task.Delay(LookAgain, CancellationToken.None);
        while (InTime(1) && runtime.Directory.Activations.ToList() is { Count: > 0 } left)
        {
            foreach (var activation in left) activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The server is stopping."), CancellationToken.None);
            await Task.WhenAny(Task.WhenAll(left.Select(a => a.Deactivated)), Task.Delay(LookAgain, CancellationToken.None));
        }
        runtime.Directory.Close();
        if (runtime.Directory.Activations.Count() is > 0 and var stuck) LogStuck(logger, stuck);
    }

    public void Dispose() => _collector?.Dispose();

    /// <summary>Ends activations that have been idle for long.</summary>
    internal void Collect(long nowMs)
    {
        var ageMs = (long)runtime.Collection.CollectionAge.TotalMilliseconds;
        foreach (var activation in runtime.Directory.Activations)
        {
            if (activation.IsIdleSince(nowMs, ageMs)) activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "Nobody has called it for long."));
            else if (activation.HasStreams) activation.PostStreamSweep(runtime.Collection.CollectionAge);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Grains are ready: {Classes} classes in this process")]
    private static partial void LogStarted(ILogger logger, int classes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Activations} grains were still busy when the time to stop was over")]
    private static partial void LogStuck(ILogger logger, int activations);
}
