using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>What the grains count on: one call at a time, but for those that say that they go beside others.</summary>
public sealed class TurnTests(SharedProduct shared)
{
    [Fact]
    public async Task PlainCalls_SentTogether_RunOneAfterAnother()
    {
        var (probe, key) = await ProbeAsync();
        var first = probe.Work("a", key);
        await Seen.Until(key, "+a");
        var second = probe.Work("b");
        Gate.Open(key);
        await Task.WhenAll(first, second);
        Assert.Equal("activate +a -a +b -b", Seen.Of(key));
    }

    [Fact]
    public async Task AlwaysInterleave_WhilePlainCallRuns_RunsAtOnce()
    {
        var (probe, key) = await ProbeAsync();
        var plain = probe.Work("a", key);
        await Seen.Until(key, "+a");
        await probe.WorkBeside("b");
        Gate.Open(key);
        await plain;
        Assert.Equal("activate +a +b -b -a", Seen.Of(key));
    }

    [Fact]
    public async Task AlwaysInterleave_Running_HoldsUpNobody()
    {
        var (probe, key) = await ProbeAsync();
        var beside = probe.WorkBeside("b", key);
        await Seen.Until(key, "+b");
        await probe.Work("a");
        Gate.Open(key);
        await beside;
        Assert.Equal("activate +b +a -a -b", Seen.Of(key));
    }

    [Fact]
    public async Task Turns_AnyMixOfSteps_NeverOverlap()
    {
        var grains = (await shared.HostAsync()).Grains;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40),
            Prop.ForAll(Scripts(), script =>
            {
                var grain = grains.GetGrain<IModelGrain>(Guid.NewGuid().ToString("N"));
#pragma warning disable VSTHRD002 // properties are synchronous
                return RunAsync(grain, script).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            }));
    }

    private async Task<(IProbeGrain Probe, string Key)> ProbeAsync()
    {
        var key = Guid.NewGuid().ToString("N");
        return ((await shared.HostAsync()).Grains.GetGrain<IProbeGrain>(key), key);
    }

    // Calls that are sent together may come in any order; each runs from its first step to its last without another in between.
    private static async Task<bool> RunAsync(IModelGrain grain, Step[][] script)
    {
        await Task.WhenAll(script.Select((steps, i) => grain.Run(i, steps)));
        var log = await grain.Log();
        var runs = log.Calls.Aggregate(new List<(int Call, int Notes)>(), (all, call) =>
        {
            if (all.Count > 0 && all[^1].Call == call) all[^1] = (call, all[^1].Notes + 1);
            else all.Add((call, 1));
            return all;
        });
        return log.Overlaps == 0 && runs.Order().SequenceEqual(script.Select((steps, i) => (i, steps.Length + 2)));
    }

    private static Arbitrary<Step[][]> Scripts() =>
        Arb.From(Gen.Elements(Step.Yield, Step.Pool, Step.FanOut, Step.Nothing).ArrayOf().Resize(6).ArrayOf().Resize(20));
}

/// <summary>A way to give up the thread in the middle of a call.</summary>
[GenerateSerializer]
public enum Step
{
    Nothing,
    Yield,
    Pool,
    FanOut,
}

[GenerateSerializer]
public sealed record ModelLog([property: Id(0)] int[] Calls, [property: Id(1)] int Overlaps);

/// <summary>A grain that notes which call it is in, and whether two threads were in it.</summary>
public interface IModelGrain : IGrainWithStringKey
{
    Task Run(int call, Step[] steps);

    Task<ModelLog> Log();
}

[GrainType("test.model")]
internal sealed class ModelGrain : Grain, IModelGrain
{
    private readonly List<int> _calls = [];
    private int _inside;
    private int _overlaps;

    public async Task Run(int call, Step[] steps)
    {
        Note(call);
        foreach (var step in steps)
        {
            if (step == Step.Yield) await Task.Yield();
            if (step == Step.Pool) await Task.Run(() => { });
            if (step == Step.FanOut) await Task.WhenAll(BranchAsync(), BranchAsync(), BranchAsync());
            Note(call);
        }
        Note(call);
    }

    public Task<ModelLog> Log() => Task.FromResult(new ModelLog([.. _calls], _overlaps));

    private async Task BranchAsync()
    {
        await Task.Yield();
        Inside();
        await Task.Run(() => { });
        Inside();
    }

    private void Note(int call)
    {
        Inside();
        _calls.Add(call);
    }

    private void Inside()
    {
        if (Interlocked.Increment(ref _inside) != 1) _overlaps++;
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }
}
