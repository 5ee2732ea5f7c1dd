using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public sealed class InterleavingTests
{
    private static string NewKey() => "p/" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task PlainCalls_SentTogether_RunOneAfterAnother()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var first = probe.Work("a", key);
        var second = probe.Work("b");
        await Seen.Until(key, "+a");
        Gate.Open(key);
        await Task.WhenAll(first, second);
        Assert.Equal("activate +a -a +b -b", Seen.Of(key));
    }

    [Fact]
    public async Task AlwaysInterleave_BesidePlainCall_RunsAtOnceAndHoldsUpNobody()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var beside = probe.WorkBeside("b", key);
        await Seen.Until(key, "+b");
        Assert.Equal("a", await probe.Work("a"));
        Gate.Open(key);
        await beside;
        Assert.Equal("activate +b +a -a -b", Seen.Of(key));
    }

    [Fact]
    public async Task ReadOnly_FirstReadEnds_WriteStartsBesideTheSecond()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var first = probe.Read("r1", key + 1);
        await Seen.Until(key, "+r1");
        var second = probe.Read("r2", key + 2);
        await Seen.Until(key, "+r2");
        var write = probe.Work("w");
        Gate.Open(key + 1);
        await Task.WhenAll(first, write);
        Gate.Open(key + 2);
        await second;
        Assert.Equal("activate +r1 +r2 -r1 +w -w -r2", Seen.Of(key));
    }

    [Fact]
    public async Task ReadOnly_WhileAWriteWaits_OvertakesIt()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var first = probe.Read("r1", key);
        await Seen.Until(key, "+r1");
        var write = probe.Work("w");
        await probe.Read("r2");
        Assert.False(write.IsCompleted);
        Gate.Open(key);
        await Task.WhenAll(first, write);
        Assert.Equal("activate +r1 +r2 -r2 -r1 +w -w", Seen.Of(key));
    }

    [Fact]
    public async Task CallChain_ComesBackWithoutLeave_TimesOut()
    {
        await using var host = await GrainHost.StartAsync(configure: silo => silo.Configure<Configuration.SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromMilliseconds(200)));
        var call = host.Grains.GetGrain<IProbeGrain>(NewKey()).CallBack(host.Grains.GetGrain<IProbeGrain>(NewKey()), allow: false);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task CallChain_ComesBackWithLeave_IsAnswered()
    {
        await using var host = await GrainHost.StartAsync();
        Assert.Equal(42, await host.Grains.GetGrain<IProbeGrain>(NewKey()).CallBack(host.Grains.GetGrain<IProbeGrain>(NewKey()), allow: true));
    }

    [Fact]
    public async Task CallChain_LeaveGiven_StrangersStillWait()
    {
        await using var host = await GrainHost.StartAsync();
        var (a, b) = (NewKey(), NewKey());
        var busy = host.Grains.GetGrain<IProbeGrain>(b).Work("busy", b);
        await Seen.Until(b, "+busy");
        var chain = host.Grains.GetGrain<IProbeGrain>(a).CallBack(host.Grains.GetGrain<IProbeGrain>(b), allow: true);
        await Seen.Until(a, "activate");
        var stranger = host.Grains.GetGrain<IProbeGrain>(a).Work("stranger");
        Assert.False(stranger.IsCompleted);
        Gate.Open(b);
        Assert.Equal(42, await chain);
        await Task.WhenAll(busy, stranger);
    }

    [Fact]
    public async Task MayInterleave_PredicateSaysYes_RunsBesideAPlainCall()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var grain = host.Grains.GetGrain<IPredicateGrain>(key);
        var slow = grain.Slow(key);
        await Seen.Until(key, "slow");
        Assert.Equal(1, await grain.Quick());
        Gate.Open(key);
        await slow;
    }

    [Fact]
    public async Task OneCaller_ManyCallsNotAwaited_RunInOrder()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => probe.Work(i.ToString())));
        Assert.Equal("activate " + string.Join(' ', Enumerable.Range(0, 200).Select(i => $"+{i} -{i}")), Seen.Of(key));
    }

    [Fact]
    public async Task StatelessWorker_MoreCallsThanWorkers_UsesThemAllAndNoMore()
    {
        await using var host = await GrainHost.StartAsync();
        var key = NewKey();
        var calls = Enumerable.Range(0, 6).Select(_ => host.Grains.GetGrain<IWorkerGrain>("w").Work(key)).ToArray();
        await Seen.Until(key, "started");
        Gate.Open(key);
        Assert.Equal(3, (await Task.WhenAll(calls)).Distinct().Count());
    }

    [Fact]
    public async Task Mailbox_Full_RefusesWithASentence()
    {
        await using var host = await GrainHost.StartAsync(configure: silo => silo.Configure<Configuration.SiloMessagingOptions>(o => o.MaxEnqueuedRequestsHardLimit = 3));
        var key = NewKey();
        var probe = host.Grains.GetGrain<IProbeGrain>(key);
        var running = probe.Work("a", key);
        await Seen.Until(key, "+a");
        var waiting = Enumerable.Range(0, 3).Select(_ => probe.Answer()).ToArray();
        var refused = await Assert.ThrowsAsync<LimitExceededException>(() => probe.Answer());
        Assert.Contains("3 calls waiting", refused.Message);
        Gate.Open(key);
        await running;
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(42, answer));
        Assert.Equal(42, await probe.Answer());
    }
}
