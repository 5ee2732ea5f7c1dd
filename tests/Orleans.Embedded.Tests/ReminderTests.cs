using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;

namespace Orleans.Embedded.Tests;

public sealed class ReminderTests
{
    private static string NewKey() => "p/" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task Reminder_Due_WakesTheGrainEachPeriodUntilUnregistered()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var grain = host.Grains.GetGrain<IRemindedGrain>(key);
        await grain.Remind(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2));
        await grain.Deactivate();
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await Seen.Until(key, "r@09:05");
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await Seen.Until(key, "r@09:07");
        Assert.Equal(1, await grain.Reminders());
        await grain.Stop();
        Assert.Equal(0, await grain.Reminders());
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("r@09:05 r@09:07", Seen.Of(key));
    }

    [Fact]
    public async Task Reminder_InGrainStorage_SurvivesARestart()
    {
        var storage = new MemoryGrainStorage();
        var key = NewKey();
        Task<GrainHost> Start() => GrainHost.StartAsync(configure: silo => silo.UseGrainStorageReminderService("kept").Services.AddKeyedSingleton<IGrainStorage>("kept", storage));
        await using (var first = await Start()) await first.Grains.GetGrain<IRemindedGrain>(key).Remind(TimeSpan.FromDays(3), TimeSpan.FromDays(1));
        await using var second = await Start();
        second.Clock.Advance(TimeSpan.FromDays(3));
        await Seen.Until(key, "r@09:00");
    }

    [Fact]
    public async Task Reminder_PeriodTooShort_IsRefused()
    {
        await using var host = await GrainHost.StartAsync();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.Grains.GetGrain<IRemindedGrain>(NewKey()).Remind(TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.Contains("at least 00:01:00", refused.Message);
    }
}
