using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class LifecycleTests
{
    private static string NewKey(string tag = "") => "p/" + tag + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task Deactivation_WhileACallRuns_HappensAfterItAndWaitingCallsGoToANewActivation()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var running = probe.Work("a", key);
        await Seen.Until(key, "+a");
        await probe.Deactivate();
        var late = probe.Work("late");
        var beside = probe.WorkBeside("beside");
        Gate.Open(key);
        await Task.WhenAll(running, late, beside);
        Assert.Equal("activate +a -a deactivate:ApplicationRequested deactivated dispose:grain-first activate +late -late +beside -beside", Seen.Of(key));
    }

    [Fact]
    public async Task Deactivation_OnDeactivateThrows_EndsAllTheSame()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey("badend");
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await probe.Deactivate();
        Assert.Equal(42, await probe.Answer());
        Assert.Equal("activate deactivate:ApplicationRequested deactivated dispose:grain-first activate", Seen.Of(key));
    }

    [Fact]
    public async Task Deactivation_VeryOften_LosesNoCall()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var calls = Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = 0; i < 40; i++)
            {
                await probe.Work($"{worker}.{i}");
                if (i % 5 == worker % 5) await probe.Deactivate();
            }
        });
        await Task.WhenAll(calls);
        var seen = Seen.Of(key).Split(' ');
        Assert.Equal(320, seen.Count(s => s[0] == '-'));
        Assert.Equal(320, seen.Where(s => s[0] == '-').Distinct().Count());
    }

    [Fact]
    public async Task Activation_EndsItself_CallIsRejectedInsteadOfTurningForEver()
    {
        await using var host = await GrainHost.StartAsync();
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => host.Grains.GetGrain<ISelfEndingGrain>(NewKey()).Hello());
    }

    [Fact]
    public async Task Services_OfAnActivation_AreOfItsScope()
    {
        await using var host = await GrainHost.StartAsync();
        Assert.True(await host.Grains.GetGrain<IProbeGrain>(NewKey()).ScopeIsMine());
    }

    [Fact]
    public async Task Idle_LongEnough_IsCollectedAndBusyIsNot()
    {
        await using var host = await GrainHost.StartAsync();
        var (idle, busy) = (NewKey(), NewKey());
        await host.Grains.GetGrain<IProbeGrain>(idle).Answer();
        var running = host.Grains.GetGrain<IProbeGrain>(busy).Work("a", busy);
        await Seen.Until(busy, "+a");
        host.Silo.Collect(Environment.TickCount64 + (long)TimeSpan.FromMinutes(14).TotalMilliseconds);
        Assert.Equal("activate", Seen.Of(idle));
        host.Silo.Collect(Environment.TickCount64 + (long)TimeSpan.FromMinutes(16).TotalMilliseconds);
        await Seen.Until(idle, "deactivate:ActivationIdle");
        Gate.Open(busy);
        await running;
        Assert.Equal("activate +a -a", Seen.Of(busy));
    }

    [Fact]
    public async Task Stop_WithRunningAndWaitingCalls_DrainsThemThenDeactivates()
    {
        var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var running = probe.Work("a", key);
        await Seen.Until(key, "+a");
        var waiting = probe.Work("b");
        var stop = host.StopAsync();
        Gate.Open(key);
        await Task.WhenAll(running, waiting, stop);
        Assert.Equal("activate +a -a +b -b deactivate:ShuttingDown deactivated dispose:grain-first", Seen.Of(key));
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => probe.Answer());
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Stop_WithAnOpenStream_AbortsIt()
    {
        var host = await GrainHost.StartAsync();
        var key = NewKey();
        var reader = host.Grains.GetGrain<IProbeGrain>(key).Count(10, gateAt3: key).GetAsyncEnumerator();
        for (var i = 0; i < 3; i++) Assert.True(await reader.MoveNextAsync());
        var next = reader.MoveNextAsync().AsTask();
        await host.StopAsync();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next);
        await reader.DisposeAsync();
        Assert.Equal("activate finally deactivate:ShuttingDown deactivated dispose:grain-first", Seen.Of(key));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Timer_BesideARunningCall_WaitsUnlessItInterleaves()
    {
        await using var host = await GrainHost.StartAsync();
        foreach (var interleave in new[] { false, true })
        {
            var key = NewKey();
            var probe = host.Grains.GetGrain<IProbeGrain>(key);
            await probe.StartTimer(interleave, throws: false);
            var running = probe.Work("a", key);
            await Seen.Until(key, "+a");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            if (interleave) await Seen.Until(key, "tock1");
            Gate.Open(key);
            await running;
            await Seen.Until(key, "tock1");
            await probe.StopTimer();
            Assert.Equal(interleave ? "activate +a tick1 tock1 -a" : "activate +a -a tick1 tock1", Seen.Of(key));
        }
    }

    [Fact]
    public async Task Timer_Throws_GoesOn()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await probe.StartTimer(interleave: false, throws: true);
        for (var tick = 1; tick <= 3; tick++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Seen.Until(key, $"tick{tick}");
            await probe.Answer(); // the tick has ended and the next one is set
        }
    }

    [Fact]
    public async Task Timer_NextTick_CountsFromTheEndOfTheLast()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await probe.StartTimer(interleave: true, throws: false, gate: key);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Seen.Until(key, "tick1");
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Gate.Open(key);
        await Seen.Until(key, "tock1");
        await probe.Answer();
        Assert.Equal(0, Seen.Count(key, "tick2"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Seen.Until(key, "tick2");
    }

    [Fact]
    public async Task Timer_AfterDeactivation_IsStill()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await probe.StartTimer(interleave: false, throws: false);
        await probe.Deactivate();
        await probe.Answer();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await probe.Answer();
        Assert.Equal(0, Seen.Count(key, "tick1"));
    }

    [Fact]
    public async Task UseOrleans_OnAWebApplicationBuilder_Runs()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<ScopedThing>(builder.Services);
        Microsoft.Extensions.Hosting.OrleansHostingExtensions.UseOrleans(builder, silo => silo.AddMemoryGrainStorage("grains"));
        await using var app = builder.Build();
        var grains = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<IGrainFactory>(app.Services);
        Assert.Equal(42, await grains.GetGrain<IProbeGrain>(NewKey()).Answer());
    }
}
