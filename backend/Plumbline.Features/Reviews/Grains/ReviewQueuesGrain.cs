using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>Knows the queues of a project.</summary>
[GrainType("reviewqueues")]
internal sealed class ReviewQueuesGrain([PersistentState("queues", "grains")] IPersistentState<ReviewQueuesState> stored, IOptions<ReviewsOptions> options)
    : Grain, IReviewQueuesGrain
{
    /// <summary>The traces of which something was given to judge.</summary>
    private Task<HashSet<UInt128>>? _given;

    public async Task AddAsync(string queueId)
    {
        if (stored.State.QueueIds.Contains(queueId)) return;
        if (stored.State.QueueIds.Length >= options.Value.MaxQueues)
            throw Failure.BadInput($"The project has {options.Value.MaxQueues} review queues, which is the most it may have.");
        await stored.SaveAsync(new ReviewQueuesState { QueueIds = stored.State.QueueIds.Add(queueId) });
    }

    public Task RemoveAsync(string queueId) => stored.State.QueueIds.Contains(queueId)
        ? stored.SaveAsync(new ReviewQueuesState { QueueIds = stored.State.QueueIds.Remove(queueId) })
        : Task.CompletedTask;

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(stored.State.QueueIds);

    public async Task GiveAsync(ImmutableArray<string> traceIds) => (await GivenAsync()).UnionWith(traceIds.Select(Number));

    public async Task<ImmutableArray<string>> WhichGaveAsync(ImmutableArray<string> traceIds)
    {
        if (stored.State.QueueIds.IsEmpty) return [];
        var given = await GivenAsync();
        return traceIds.Any(id => given.Contains(Number(id))) ? stored.State.QueueIds : [];
    }

    // Asked of the queues once. What is given while they answer waits for that, so nothing is missed; what is taken away again stays, and costs a question.
    private Task<HashSet<UInt128>> GivenAsync() => _given is null or { IsFaulted: true } or { IsCanceled: true } ? _given = LoadAsync() : _given;

    private async Task<HashSet<UInt128>> LoadAsync()
    {
        if (!ProjectKey.TryParse(this.GetPrimaryKeyString(), out var project)) throw Failure.NotFound();
        var all = await Task.WhenAll(stored.State.QueueIds.Select(id => GrainFactory.GetGrain<IReviewQueueGrain>(project.Child(id)).GetGivenTracesAsync()));
        return [.. all.SelectMany(traces => traces).Select(Number)];
    }

    private static UInt128 Number(string traceId) =>
        UInt128.TryParse(traceId, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

[GenerateSerializer, Alias("ReviewQueuesState"), Immutable]
internal sealed record ReviewQueuesState
{
    [Id(0)] public ImmutableArray<string> QueueIds { get; init; } = [];
}
