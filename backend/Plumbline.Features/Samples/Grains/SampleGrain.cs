using Plumbline.Contracts;
using Plumbline.Contracts.Samples;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Samples.Grains;

/// <summary>Lets the sample be loaded once. That a loading goes on is known in memory alone: when the process ends, so has the loading.</summary>
[GrainType("sample")]
internal sealed class SampleGrain([PersistentState("sample", "grains")] IPersistentState<SampleState> stored, TimeProvider clock) : Grain, ISampleGrain
{
    /// <summary>Longer than any loading takes: one that did not say that it ended has.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private string? _attempt;
    private DateTimeOffset _began;

    public async Task<SampleLoad?> BeginAsync(string attempt)
    {
        if (stored.State.Complete) return null;
        if (_attempt is not null && clock.GetUtcNow() - _began < Longest)
            throw Failure.Conflict("The sample is being loaded into this project right now. Wait until that is done.");
        if (stored.State.Load is null) await stored.SaveAsync(new SampleState { Load = new SampleLoad(clock.GetUtcNow(), RandomId.New(), RandomId.New()) });
        (_attempt, _began) = (attempt, clock.GetUtcNow());
        return stored.State.Load;
    }

    public async Task EndAsync(string attempt, bool complete)
    {
        if (_attempt != attempt) return;
        _attempt = null;
        if (complete) await stored.SaveAsync(stored.State with { Complete = true });
    }
}

[GenerateSerializer, Alias("SampleState"), Immutable]
internal sealed record SampleState
{
    [Id(0)] public SampleLoad? Load { get; init; }

    [Id(1)] public bool Complete { get; init; }
}
