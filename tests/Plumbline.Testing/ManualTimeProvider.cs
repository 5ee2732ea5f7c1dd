using System.Diagnostics;

namespace Plumbline.Testing;

/// <summary>A clock that tests move by hand. Timers made from it fire on <see cref="Advance"/>, in the order they are due.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTimeProvider() : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward, firing every timer that falls due on the way at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer) timer.Fire();
        lock (_gate) _now = target;
    }

    /// <summary>Moves the clock forward step by step until a task that waits for it is done, whatever its outcome.</summary>
    /// <exception cref="TimeoutException">It was not done within half a minute of the machine's clock: it waits for something else.</exception>
    public async Task AdvanceUntilAsync(Task done, TimeSpan step)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!done.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException($"This clock reached {GetUtcNow():u} without bringing the end.");
            Advance(step);
            await Task.Yield();
        }
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= target).MinBy(t => t.Due);
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due.Value;
            next.Schedule();
            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (!clock._timers.Contains(this)) clock._timers.Add(this);
                return true;
            }
        }

        public void Schedule() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
