using Microsoft.Extensions.Logging;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Activations;

/// <summary>Timers of the grain.</summary>
internal sealed partial class Activation
{
    private readonly HashSet<GrainTimer> _timers = [];

    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        RequireTurn("A timer");
        var timer = new GrainTimer(this, callback, options);
        lock (_timers) _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_timers) timers = [.. _timers];
        foreach (var timer in timers) timer.Dispose();
    }

    private sealed class GrainTimer : IGrainTimer
    {
        private readonly Activation _activation;
        private readonly Func<CancellationToken, Task> _callback;
        private readonly GrainTimerCreationOptions _options;
        private readonly CancellationTokenSource _stopped = new();
        private readonly ITimer _timer;
        private TimeSpan _period;

        public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            (_activation, _callback, _options) = (activation, callback, options);
            using (ExecutionContext.SuppressFlow())
                _timer = activation._runtime.Time.CreateTimer(static state => ((GrainTimer)state!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            if (!_stopped.IsCancellationRequested) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            lock (_activation._timers)
                if (!_activation._timers.Remove(this)) return;
            _timer.Dispose();
            _stopped.Cancel();
        }

        private void Due() => _activation.TryDeliver(new Tick(this) { AlwaysInterleave = _options.Interleave });

        private async Task TickAsync()
        {
            try
            {
                await _callback(_stopped.Token);
            }
#pragma warning disable CA1031 // a failed tick stops nothing
            catch (Exception exception) when (exception is not OperationCanceledException || !_stopped.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogTickFailed(_activation._runtime.Logger, _activation.GrainId, exception);
            }
            catch (OperationCanceledException) { }
            if (!_stopped.IsCancellationRequested && _period > TimeSpan.Zero) _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }

        private sealed class Tick(GrainTimer timer) : Request
        {
            public override string Name => "a timer's tick";

            public override bool BelongsToActivation => true;

            public override bool KeepsAlive => timer._options.KeepAlive;

            public override bool IsAbandoned => timer._stopped.IsCancellationRequested;

            public override Task Start(Activation activation) => timer.TickAsync();

            public override void Complete(Task outcome) { }

            public override void Fail(Exception exception) { }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A timer of grain {Grain} failed; it goes on")]
    private static partial void LogTickFailed(ILogger logger, GrainId grain, Exception exception);
}
