using Plumbline.Contracts;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>How calls end that do not end well, and what goes with them.</summary>
public sealed class CallTests(SharedProduct shared)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Exception_OfAGrain_KeepsItsTypeAndStack()
    {
        var probe = await ProbeAsync();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => probe.Throw("boom"));
        Assert.Equal("boom", thrown.Message);
        Assert.Contains(nameof(ProbeGrain), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Equal(FailureCode.Conflict, (await Assert.ThrowsAsync<RequestFailedException>(() => probe.Throw("ours"))).Code);
    }

    [Fact]
    public async Task Context_OfTheCaller_GoesAlongButItsFlowDoesNot()
    {
        var probe = await ProbeAsync();
        RequestContext.Set("k", "v");
        ProbeGrain.Local.Value = "local";
        Assert.Equal("v none", await probe.Flow());
        RequestContext.Clear();
        Assert.Equal("none none", await probe.Flow());
    }

    [Fact]
    public async Task Cancel_RunningCall_ReleasesTheCallerAndTellsTheGrain()
    {
        var probe = await ProbeAsync();
        using var cancellation = new CancellationTokenSource();
        var call = probe.UntilCancelled(cancellation.Token);
        await Seen.Until(_key, "running");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Seen.Until(_key, "cancelled");
    }

    [Fact]
    public async Task Cancel_BeforeTheCall_SendsNothing()
    {
        var probe = await ProbeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.WasCalled(new(true)));
        Assert.Equal("", Seen.Of(_key));
    }

    // The cancellation follows the call by a way of its own and may come after it, so the grain is kept busy for longer each time.
    [Fact]
    public async Task Cancel_WaitingCall_TakesItOutOnceTheGrainIsTold()
    {
        var probe = await ProbeAsync();
        for (var busy = TimeSpan.FromMilliseconds(5); ; busy *= 2)
        {
            var before = Seen.Count(_key, "called");
            await CancelWaitingAsync(probe, busy);
            if (Seen.Count(_key, "called") == before) return;
            Assert.True(busy < TimeSpan.FromSeconds(10), "A call that was cancelled while it waited ran all the same, each time.");
        }
    }

    private async Task CancelWaitingAsync(IProbeGrain probe, TimeSpan busy)
    {
        var (tag, gate) = ($"{busy}", $"{_key} {busy}");
        var running = probe.Work(tag, gate);
        await Seen.Until(_key, "+" + tag);
        using var cancellation = new CancellationTokenSource();
        var waiting = probe.WasCalled(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Task.Delay(busy);
        Gate.Open(gate);
        await running;
        await probe.Answer();
    }

    [Fact]
    public async Task ResponseTimeout_OfTheMethod_ReleasesTheCallerAndTellsTheGrain()
    {
        var probe = await ProbeAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => probe.Impatient(CancellationToken.None));
        await Seen.Until(_key, "cancelled");
        Assert.Equal(42, await probe.Answer());
    }

    /// <summary>A time-out is no loss when the silo had told that the call was at work. Of one that nothing was heard of it may be.</summary>
    [Fact]
    public async Task ResponseTimeout_OfACallAtWork_SaysSo()
    {
        var probe = await ProbeAsync();
        var late = await Assert.ThrowsAsync<TimeoutException>(() => probe.Slow(CancellationToken.None));
        Assert.True(TransportFault.Of(late) is { IsSlow: true, DidNotRun: false }, late.Message);
        var silent = await Assert.ThrowsAsync<TimeoutException>(() => probe.Impatient(CancellationToken.None));
        Assert.True(TransportFault.Of(silent) is { IsSlow: false }, silent.Message);
    }

    /// <summary>The product's own limit, all of it: without one a grain that hangs gathers calls until the memory is full.</summary>
    [Fact]
    public async Task Calls_MoreThanMayWait_AreRefusedAndTheOthersAnswered()
    {
        var probe = await ProbeAsync();
        var running = probe.Work("a", _key);
        await Seen.Until(_key, "+a");
        var calls = Enumerable.Range(0, 10_020).Select(_ => probe.Answer()).ToArray();
        for (var wait = 0; calls.Count(c => c.IsFaulted) < 20; wait++)
        {
            Assert.InRange(wait, 0, 400);
            await Task.Delay(10);
        }
        Gate.Open(_key);
        await running;
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal((10_000, 20), (calls.Count(c => c.IsCompletedSuccessfully), calls.Count(c => c.Exception?.InnerException is LimitExceededException)));
        Assert.Equal(42, await probe.Answer());
    }

    private async Task<IProbeGrain> ProbeAsync() => (await shared.HostAsync()).Grains.GetGrain<IProbeGrain>(_key);
}
