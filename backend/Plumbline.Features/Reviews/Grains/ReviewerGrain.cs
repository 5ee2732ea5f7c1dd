using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>Knows the queues a person was asked to review in, in whatever project. Says nothing about whether they still may.</summary>
[GrainType("reviewer")]
internal sealed class ReviewerGrain([PersistentState("queues", "grains")] IPersistentState<ReviewerState> stored) : Grain, IReviewerGrain
{
    public Task JoinAsync(QueueReference queue) =>
        stored.State.Queues.Contains(queue) ? Task.CompletedTask : stored.SaveAsync(new ReviewerState { Queues = stored.State.Queues.Add(queue) });

    public Task<ImmutableArray<QueueReference>> QueuesAsync() => Task.FromResult(stored.State.Queues);
}

[GenerateSerializer, Alias("ReviewerState"), Immutable]
internal sealed record ReviewerState
{
    [Id(0)] public ImmutableArray<QueueReference> Queues { get; init; } = [];
}
