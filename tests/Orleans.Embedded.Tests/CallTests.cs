using System.Diagnostics;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class CallTests
{
    private static string NewKey(string tag = "") => "p/" + tag + Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("yield", "in")]
    [InlineData("run-then-await", "in")]
    [InlineData("taskrun", "out")]
    [InlineData("configureawait", "out")]
    public async Task Await_InAGrain_ComesBackUnlessItLeft(string how, string expected)
    {
        await using var host = await GrainHost.StartAsync();
        Assert.Equal(expected, await host.Grains.GetGrain<IProbeGrain>(NewKey()).After(how));
    }

    [Fact]
    public async Task Context_OfTheCaller_FlowsRequestContextAndActivityOnly()
    {
        await using var host = await GrainHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>(NewKey());
        RequestContext.Set("k", "v");
        ProbeGrain.Local.Value = "local";
        using (new Activity("act").Start()) Assert.Equal("v null act", await probe.Flow());
        RequestContext.Clear();
        Assert.Equal("null null null", await probe.Flow());
    }

    [Theory]
    [InlineData("boom", typeof(InvalidOperationException))]
    [InlineData("argument", typeof(ArgumentNullException))]
    [InlineData("marked", typeof(MarkedException))]
    [InlineData("plain", typeof(PlainException))]
    [InlineData("cancelled", typeof(OperationCanceledException))]
    public async Task Exception_OfAGrain_KeepsTypeAndStack(string kind, Type expected)
    {
        await using var host = await GrainHost.StartAsync();
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => host.Grains.GetGrain<IProbeGrain>(NewKey()).Throw(kind));
        Assert.Equal(expected, thrown.GetType());
        Assert.Contains(nameof(ProbeGrain), thrown.StackTrace);
    }

    [Fact]
    public async Task Activation_Fails_EveryCallerLearnsWhyAndTheNextCallTriesAgain()
    {
        await using var host = await GrainHost.StartAsync();
        var grain = host.Grains.GetGrain<IBadActivationGrain>(NewKey());
        var first = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Hello());
        var second = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Hello());
        Assert.StartsWith("cannot start", first.Message);
        Assert.NotEqual(first.Message, second.Message);
    }

    [Fact]
    public async Task ResponseTimeout_OfTheMethod_ReleasesTheCallerAndNamesTheMethod()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => host.Grains.GetGrain<IProbeGrain>(key).Impatient(key));
        Assert.Contains("IProbeGrain.Impatient", timeout.Message);
        Gate.Open(key);
    }

    [Fact]
    public async Task OneWay_BodyThrows_CallerNeverSees()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        await host.Grains.GetGrain<IProbeGrain>(key).Forget("ran");
        await Seen.Until(key, "ran");
    }

    [Fact]
    public async Task References_ToOneGrain_AreEqualNotSame()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var self = await probe.Self();
        Assert.True(probe.Equals(self));
        Assert.Equal(probe.GetHashCode(), self.GetHashCode());
        Assert.NotSame(probe, self);
        Assert.IsAssignableFrom<GrainReference>(probe);
        Assert.Equal("probe/" + key, probe.GetGrainId().ToString());
        Assert.False(probe.Equals(host.Grains.GetGrain<IProbeGrain>(key.ToUpperInvariant())));
    }

    [Fact]
    public async Task Methods_OfEveryShape_AreCalled()
    {
        await using var host = await GrainHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbeGrain>(NewKey());
        Assert.Equal(41, await probe.Default());
        Assert.Equal("int", await probe.Overload(1));
        Assert.Equal("string", await probe.Overload("x"));
        Assert.Equal(2, await probe.Value(1));
        Assert.Equal("generic", await probe.Echo("generic"));
        var guid = Guid.NewGuid();
        Assert.Equal(guid, await host.Grains.GetGrain<IGuidGrain>(guid).Key());
        Assert.Equal(42, await ((IProbeGrain)host.Grains.GetGrain(typeof(IProbeGrain), NewKey())).Answer());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Key_Blank_IsRefused(string key)
    {
        await using var host = await GrainHost.StartAsync();
        Assert.Throws<ArgumentException>(() => host.Grains.GetGrain<IProbeGrain>(key));
    }

    [Fact]
    public async Task Cancel_RunningCall_ReleasesTheCallerAndRunsCallbacksInTheTurn()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        using var cancellation = new CancellationTokenSource();
        var call = host.Grains.GetGrain<IProbeGrain>(key).UntilCancelled(cancellation.Token);
        await Seen.Until(key, "running");
        await cancellation.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        await Seen.Until(key, "cancelled");
        await Seen.Until(key, "callback:in");
    }

    [Fact]
    public async Task Cancel_BeforeTheCall_SendsNothing()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Grains.GetGrain<IProbeGrain>(key).WasCalled(new(true)));
        Assert.Equal("", Seen.Of(key));
    }

    [Fact]
    public async Task Cancel_WaitingCall_NeverRuns()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var running = probe.Work("a", key);
        await Seen.Until(key, "+a");
        using var cancellation = new CancellationTokenSource();
        var waiting = probe.WasCalled(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(running.IsCompleted);
        Gate.Open(key);
        await running;
        await probe.Answer();
        Assert.Equal(0, Seen.Count(key, "called"));
    }
}
