using FsCheck;
using FsCheck.Fluent;

namespace Orleans.Embedded.Tests;

/// <summary>Turns against a model: whatever calls do, plain ones never overlap and keep the order in which they were sent.</summary>
public sealed class TurnModelTests
{
    [Fact]
    public async Task Turns_AnyMixOfSteps_NeverOverlapAndKeepOrder()
    {
        await using var host = await GrainHost.StartAsync();
        var grains = host.Grains;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(Scripts(), script =>
            {
                var grain = grains.GetGrain<IModelGrain>("m/" + Guid.NewGuid().ToString("N"));
#pragma warning disable VSTHRD002 // properties are synchronous
                return RunAsync(grain, script).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            }));
    }

    private static async Task<bool> RunAsync(IModelGrain grain, Step[][] script)
    {
        await Task.WhenAll(script.Select((steps, i) => grain.Run(i, steps)));
        var log = await grain.Log();
        var expected = script.SelectMany((steps, i) => Enumerable.Repeat(i, steps.Length + 2));
        return log.Overlaps == 0 && log.Calls.SequenceEqual(expected);
    }

    private static Arbitrary<Step[][]> Scripts() =>
        Arb.From(Gen.Elements(Step.Yield, Step.Pool, Step.FanOut, Step.Nothing).ArrayOf().Resize(6).ArrayOf().Resize(20));
}

[GenerateSerializer]
public enum Step
{
    Nothing,
    Yield,
    Pool,
    FanOut,
}

[GenerateSerializer]
public sealed record ModelLog(int[] Calls, int Overlaps);

public interface IModelGrain : IGrainWithStringKey
{
    Task Run(int call, Step[] steps);
    Task<ModelLog> Log();
}

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
            if (step == Step.FanOut) await Task.WhenAll(Branch(), Branch(), Branch());
            Note(call);
        }
        Note(call);
    }

    public Task<ModelLog> Log() => Task.FromResult(new ModelLog([.. _calls], _overlaps));

    private async Task Branch()
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

    /// <summary>Two threads inside at once would see each other here.</summary>
    private void Inside()
    {
        if (Interlocked.Increment(ref _inside) != 1) _overlaps++;
        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }
}
