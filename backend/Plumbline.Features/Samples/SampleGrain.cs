using Plumbline.Contracts;
using Plumbline.Contracts.Samples;

namespace Plumbline.Features.Samples;

/// <summary>Lets the sample be loaded once. That a loading goes on is known in memory alone: when the process ends, so has the loading.</summary>
[GrainType("sample")]
internal sealed class SampleGrain([PersistentState("sample", "grains")] IPersistentState<SampleState> state, TimeProvider clock) : Grain, ISampleGrain
{
    private bool _loading;

    public async Task<SampleLoad> Begin()
    {
        if (state.State.Complete) throw Failure.Conflict("The sample is in this project already. To load it again, make a new project.");
        if (_loading) throw Failure.Conflict("The sample is being loaded into this project right now. Wait until that is done.");
        if (state.State.Load is null) await state.SaveAsync(new SampleState { Load = new SampleLoad(clock.GetUtcNow(), RandomId.New(), RandomId.New()) });
        _loading = true;
        return state.State.Load!;
    }

    public async Task End(bool complete)
    {
        _loading = false;
        if (complete) await state.SaveAsync(state.State with { Complete = true });
    }
}

[GenerateSerializer, Alias("SampleState"), Immutable]
internal sealed record SampleState
{
    [Id(0)] public SampleLoad? Load { get; init; }

    [Id(1)] public bool Complete { get; init; }
}
