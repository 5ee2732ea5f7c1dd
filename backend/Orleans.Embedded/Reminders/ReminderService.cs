using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Ticks reminders and keeps them in a store. After a restart a reminder goes on in its own rhythm; ticks missed meanwhile are not made up for.</summary>
internal sealed partial class ReminderService(IReminderStore store, IGrainFactory grains, TimeProvider time, IOptions<ReminderOptions> options, ILogger<ReminderService> logger)
    : IReminderRegistry, IDisposable
{
    /// <summary>The longest a timer sleeps before it looks again; framework timers cannot sleep for months.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<(string Grain, string Name), Scheduled> _reminders = [];
    private bool _loaded;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await LoadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task StopAsync()
    {
        await _gate.WaitAsync();
        foreach (var reminder in _reminders.Values) reminder.Timer.Dispose();
        _gate.Release();
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        var least = options.Value.MinimumReminderPeriod;
        if (period < least) throw new ArgumentException($"A reminder's period must be at least {least}; {period} was asked for. Use a grain timer for shorter ones.", nameof(period));
        var entry = new ReminderEntry { Grain = callingGrainId.ToString(), Name = reminderName, FirstTick = time.GetUtcNow() + dueTime, Period = period };
        await ChangeAsync(() =>
        {
            Forget((entry.Grain, entry.Name));
            Schedule(entry);
        });
        return new Reminder(reminderName);
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) => ChangeAsync(() => Forget((callingGrainId.ToString(), reminder.ReminderName)));

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        (await GetReminders(callingGrainId)).Find(r => r.ReminderName == reminderName);

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        await _gate.WaitAsync();
        try
        {
            await LoadAsync(CancellationToken.None);
            return [.. _reminders.Keys.Where(k => k.Grain == callingGrainId.ToString()).Select(k => new Reminder(k.Name))];
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded) return;
        foreach (var entry in await store.LoadAsync(cancellationToken)) Schedule(entry);
        _loaded = true;
    }

    private async Task ChangeAsync(Action change)
    {
        await _gate.WaitAsync();
        try
        {
            await LoadAsync(CancellationToken.None);
            change();
            await store.SaveAsync([.. _reminders.Values.Select(r => r.Entry)], CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Forget((string, string) key)
    {
        if (_reminders.Remove(key, out var old)) old.Timer.Dispose();
    }

    private void Schedule(ReminderEntry entry)
    {
        var scheduled = new Scheduled(entry);
        using (ExecutionContext.SuppressFlow())
            scheduled.Timer = time.CreateTimer(_ => _ = DueAsync(scheduled), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        scheduled.Next = NextTick(entry, time.GetUtcNow());
        _reminders[(entry.Grain, entry.Name)] = scheduled;
        Sleep(scheduled);
    }

    private async Task DueAsync(Scheduled reminder)
    {
        var now = time.GetUtcNow();
        if (now >= reminder.Next)
        {
            var status = new TickStatus(reminder.Entry.FirstTick.UtcDateTime, reminder.Entry.Period, now.UtcDateTime);
            reminder.Next = NextTick(reminder.Entry, now + TimeSpan.FromTicks(1));
            Sleep(reminder);
            try
            {
                await grains.GetGrain<IRemindable>(GrainId.Parse(reminder.Entry.Grain)).ReceiveReminder(reminder.Entry.Name, status);
            }
#pragma warning disable CA1031 // the edge of the loop: the next tick tries again
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogTickFailed(logger, reminder.Entry.Name, reminder.Entry.Grain, exception);
            }
        }
        else Sleep(reminder);
    }

    private void Sleep(Scheduled reminder)
    {
        var rest = reminder.Next - time.GetUtcNow();
        reminder.Timer.Change(rest < TimeSpan.Zero ? TimeSpan.Zero : rest > LongestSleep ? LongestSleep : rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The first tick of the reminder's rhythm that is not before <paramref name="now"/>.</summary>
    private static DateTimeOffset NextTick(ReminderEntry entry, DateTimeOffset now)
    {
        if (now <= entry.FirstTick) return entry.FirstTick;
        var periods = (now - entry.FirstTick).Ticks / entry.Period.Ticks;
        var tick = entry.FirstTick + TimeSpan.FromTicks(periods * entry.Period.Ticks);
        return tick < now ? tick + entry.Period : tick;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminder {Reminder} of grain {Grain} failed; it goes on")]
    private static partial void LogTickFailed(ILogger logger, string reminder, string grain, Exception exception);

    private sealed class Scheduled(ReminderEntry entry)
    {
        public ReminderEntry Entry { get; } = entry;

        public ITimer Timer { get; set; } = null!;

        public DateTimeOffset Next { get; set; }
    }

    private sealed record Reminder(string ReminderName) : IGrainReminder;
}
