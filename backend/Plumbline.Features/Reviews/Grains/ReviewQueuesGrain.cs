using System.Collections.Immutable;
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
}

[GenerateSerializer, Alias("ReviewQueuesState"), Immutable]
internal sealed record ReviewQueuesState
{
    [Id(0)] public ImmutableArray<string> QueueIds { get; init; } = [];
}
