using System.Collections.Concurrent;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>How activations begin and end.</summary>
public sealed class LifecycleTests(SharedProduct shared)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Deactivation_WhileACallRuns_HappensAfterItAndWaitingCallsGoToANewActivation()
    {
        var probe = await ProbeAsync();
        var running = probe.Work("a", _key);
        await Seen.Until(_key, "+a");
        await probe.Deactivate();
        var late = probe.Work("late");
        var beside = probe.WorkBeside("beside");
        Gate.Open(_key);
        await Task.WhenAll(running, late, beside);
        Assert.StartsWith("activate +a -a deactivate:ApplicationRequested deactivated activate ", Seen.Of(_key), StringComparison.Ordinal);
        Assert.Equal((1, 1), (Seen.Count(_key, "-late"), Seen.Count(_key, "-beside")));
    }

    [Fact]
    public async Task Reload_OfATest_MakesANewActivation()
    {
        var probe = await ProbeAsync();
        await probe.Answer();
        await TestSilo.ReloadAsync(probe);
        await probe.Answer();
        Assert.Equal("activate deactivate:ApplicationRequested deactivated activate", Seen.Of(_key));
    }

    [Fact]
    public async Task Deactivation_OnDeactivateThrows_EndsAllTheSame()
    {
        var key = "badend" + _key;
        var probe = (await shared.HostAsync()).Grains.GetGrain<IProbeGrain>(key);
        await probe.Deactivate();
        Assert.Equal(42, await probe.Answer());
        Assert.Equal("activate deactivate:ApplicationRequested deactivated activate", Seen.Of(key));
    }

    /// <summary>Calls are passed on twice at most; one that meets a third activation on its way out is refused. Whoever repeats it can,
    /// because it has not run.</summary>
    [Fact]
    public async Task Deactivation_VeryOften_NoCallIsLostAndARefusedOneHasNotRun()
    {
        var probe = await ProbeAsync();
        var refused = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = 0; i < 40; i++)
            {
                await UntilTakenAsync(() => probe.Work($"{worker}.{i}"), $"{worker}.{i}", refused);
                if (i % 5 == worker % 5) await UntilTakenAsync(probe.Deactivate, "deactivate", refused);
            }
        }));
        var done = Seen.Of(_key).Split(' ').Where(s => s[0] == '-').ToArray();
        Assert.Equal((320, 320), (done.Length, done.Distinct().Count()));
    }

    [Fact]
    public async Task Activation_Fails_EveryCallerLearnsWhyAndTheNextCallTriesAgain()
    {
        var grain = (await shared.HostAsync()).Grains.GetGrain<IBadActivationGrain>(_key);
        var first = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Hello());
        var second = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Hello());
        Assert.StartsWith("cannot start", first.Message, StringComparison.Ordinal);
        Assert.NotEqual(first.Message, second.Message);
    }

    [Fact]
    public async Task Stop_WhileACallRuns_LetsItEndAndTheGrainMakeItsLastWrites()
    {
        await using var host = await ProductHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>(_key);
        var running = probe.Work("a", _key);
        await Seen.Until(_key, "+a");
        var stop = host.StopAsync();
        Gate.Open(_key);
        await Task.WhenAll(running, stop);
        Assert.Equal("activate +a -a deactivate:ShuttingDown deactivated", Seen.Of(_key));
    }

    private async Task<IProbeGrain> ProbeAsync() => (await shared.HostAsync()).Grains.GetGrain<IProbeGrain>(_key);

    private static async Task UntilTakenAsync(Func<Task> call, string tag, ConcurrentBag<string> refused)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (OrleansMessageRejectionException)
            {
                refused.Add(tag);
            }
        }
    }
}
