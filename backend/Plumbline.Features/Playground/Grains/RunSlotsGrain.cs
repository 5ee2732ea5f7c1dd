using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Playground.Grains;

/// <inheritdoc cref="IRunSlotsGrain"/>
/// <remarks>Nothing is stored: what is forgotten when the grain moves is told again by the runs that go on.</remarks>
[GrainType("runslots")]
internal sealed class RunSlotsGrain(IOptions<PlaygroundOptions> options, TimeProvider clock) : Grain, IRunSlotsGrain
{
    /// <summary>How long a run holds its slot without being heard of: whoever runs it may have been killed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> _heldUntil = new(StringComparer.Ordinal);

    public Task TakeAsync(string runId)
    {
        var (now, most) = (clock.GetUtcNow(), options.Value.MaxRunsAtOnce);
        foreach (var (run, until) in _heldUntil)
            if (until <= now) _heldUntil.Remove(run);
        if (_heldUntil.Count >= most && !_heldUntil.ContainsKey(runId))
            throw new RequestFailedException(
                FailureCode.RateLimited, $"{most} runs of this project are going on, the most there may be. Wait for one to end, or cancel one.");
        return KeepAsync(runId);
    }

    public Task KeepAsync(string runId)
    {
        _heldUntil[runId] = clock.GetUtcNow() + Lease;
        return Task.CompletedTask;
    }

    public Task GiveBackAsync(string runId)
    {
        _heldUntil.Remove(runId);
        return Task.CompletedTask;
    }
}
