
namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>Timers of grains: what keeps house in a shard and flushes the last use of a key.</summary>
public sealed class TimerTests(ProductFixture shared) : IClassFixture<ProductFixture>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _key = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(false, "+a -a tick1 tock1")]
    [InlineData(true, "+a tick1 tock1 -a")]
    public async Task Timer_BesideARunningCall_WaitsUnlessItInterleaves(bool interleave, string expected)
    {
        var (grain, host) = await StartedAsync(interleave);
        var running = grain.Work(_key);
        await Seen.Until(_key, "+a");
        host.Clock.Advance(Second);
        if (interleave) await Seen.Until(_key, "tock1");
        Gate.Open(_key);
        await running;
        await Seen.Until(_key, "tock1");
        Assert.Equal(expected, Seen.Of(_key));
    }

    [Fact]
    public async Task Timer_Throws_GoesOn()
    {
        var (grain, host) = await StartedAsync(throws: true);
        for (var tick = 1; tick <= 3; tick++)
        {
            host.Clock.Advance(Second);
            await Seen.Until(_key, $"tick{tick}");
            await grain.Answer(); // the tick has ended and the next one is set
        }
    }

    [Fact]
    public async Task Timer_NextTick_CountsFromTheEndOfTheLast()
    {
        var (grain, host) = await StartedAsync(interleave: true, gate: _key);
        host.Clock.Advance(Second);
        await Seen.Until(_key, "tick1");
        host.Clock.Advance(10 * Second);
        Gate.Open(_key);
        await Seen.Until(_key, "tock1");
        await grain.Answer();
        Assert.Equal(0, Seen.Count(_key, "tick2"));
        host.Clock.Advance(Second);
        await Seen.Until(_key, "tick2");
    }

    [Fact]
    public async Task Timer_AfterDeactivation_IsStill()
    {
        var (grain, host) = await StartedAsync();
        await TestSilo.ReloadAsync(grain);
        await grain.Answer();
        host.Clock.Advance(5 * Second);
        await grain.Answer();
        Assert.Equal("", Seen.Of(_key));
    }

    private async Task<(ITimedGrain Grain, ProductHost Host)> StartedAsync(bool interleave = false, bool throws = false, string? gate = null)
    {
        var host = await shared.HostAsync();
        var grain = host.Grains.GetGrain<ITimedGrain>(_key);
        await grain.Start(interleave, throws, gate);
        return (grain, host);
    }
}

/// <summary>A grain that ticks every second once it is told to.</summary>
public interface ITimedGrain : IGrainWithStringKey
{
    Task Start(bool interleave, bool throws, string? gate);

    Task Work(string gate);

    Task<int> Answer();
}

[GrainType("test.timed")]
internal sealed class TimedGrain : Grain, ITimedGrain
{
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(bool interleave, bool throws, string? gate)
    {
        var second = TimeSpan.FromSeconds(1);
        this.RegisterGrainTimer(_ => TickAsync(throws, gate), new GrainTimerCreationOptions { DueTime = second, Period = second, Interleave = interleave });
        return Task.CompletedTask;
    }

    public async Task Work(string gate)
    {
        Seen.Add(Key, "+a");
        await Gate.Opened(gate);
        Seen.Add(Key, "-a");
    }

    public Task<int> Answer() => Task.FromResult(42);

    private async Task TickAsync(bool throws, string? gate)
    {
        var tick = ++_ticks;
        Seen.Add(Key, $"tick{tick}");
        if (throws) throw new InvalidOperationException("tick");
        if (gate is not null) await Gate.Opened(gate);
        Seen.Add(Key, $"tock{tick}");
    }
}
