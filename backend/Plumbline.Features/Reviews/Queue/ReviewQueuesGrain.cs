using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>Knows the queues of a project.</summary>
[GrainType("reviewqueues")]
internal sealed class ReviewQueuesGrain([PersistentState("queues", "grains")] IPersistentState<ReviewQueuesState> state, IOptions<ReviewsOptions> options)
    : Grain, IReviewQueuesGrain
{
    public async Task Add(string queueId)
    {
        if (state.State.QueueIds.Contains(queueId)) return;
        if (state.State.QueueIds.Length >= options.Value.MaxQueues)
            throw Failure.BadInput($"The project has {options.Value.MaxQueues} review queues, which is the most it may have.");
        await state.SaveAsync(new ReviewQueuesState { QueueIds = state.State.QueueIds.Add(queueId) });
    }

    public Task<ImmutableArray<string>> List() => Task.FromResult(state.State.QueueIds);
}

[GenerateSerializer, Alias("ReviewQueuesState"), Immutable]
internal sealed record ReviewQueuesState
{
    [Id(0)] public ImmutableArray<string> QueueIds { get; init; } = [];
}
