using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Tests.Grains.Runtime;

namespace Plumbline.Features.Tests.Storage;

/// <summary>Reminders that Orleans' own service keeps in our table, in real time.</summary>
public sealed class ReminderTests(SharedProduct shared)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Reminder_Due_WakesTheGrainUntilUnregistered_AlsoAfterARestart()
    {
        var host = await ProductHost.StartAsync(AtAnyPeriod);
        await host.Grains.GetGrain<IRemindedGrain>(_key).Remind(TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await host.Grains.GetGrain<IRemindedGrain>(_key).Remind(Period, Period);
        await host.ReloadAsync(host.Grains.GetGrain<IRemindedGrain>(_key));
        await Seen.Until(_key, "tick 2");
        Assert.InRange(Seen.Count(_key, "activate"), 2, 3);

        host = await host.RestartAsync(AtAnyPeriod);
        await using var _ = host;
        var before = Seen.Count(_key, "activate");
        await Seen.Until(_key, $"tick {Seen.Of(_key).Split("tick").Length + 1}");
        Assert.Equal(before + 1, Seen.Count(_key, "activate"));
        var grain = host.Grains.GetGrain<IRemindedGrain>(_key);
        Assert.Equal(1, await grain.Reminders());
        await grain.Stop();
        Assert.Equal(0, await grain.Reminders());
    }

    [Fact]
    public async Task Reminder_WithoutSettings_IsRefusedMoreOftenThanOnceAMinute()
    {
        var grains = (await shared.HostAsync()).Grains;
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => grains.GetGrain<IRemindedGrain>(_key).Remind(Period, TimeSpan.FromSeconds(59)));
        Assert.Contains("00:01:00", refused.Message, StringComparison.Ordinal);
    }

    private static void AtAnyPeriod(IServiceCollection services) => services.Configure<ReminderOptions>(o => o.MinimumReminderPeriod = TimeSpan.Zero);
}

public interface IRemindedGrain : IGrainWithStringKey
{
    Task Remind(TimeSpan due, TimeSpan period);

    Task Stop();

    Task<int> Reminders();
}

[GrainType("test.reminded")]
internal sealed class RemindedGrain : Grain, IRemindedGrain, IRemindable
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Seen.Add(this.GetPrimaryKeyString(), "activate");
        return Task.CompletedTask;
    }

    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("r", due, period);

    public async Task Stop()
    {
        if (await this.GetReminder("r") is { } reminder) await this.UnregisterReminder(reminder);
    }

    public async Task<int> Reminders() => (await this.GetReminders()).Count;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var key = this.GetPrimaryKeyString();
        Seen.Add(key, $"tick {Seen.Of(key).Split("tick").Length}");
        return Task.CompletedTask;
    }
}
