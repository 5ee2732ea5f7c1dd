using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>Knows the queues a person was asked to review in, in whatever project. Says nothing about whether they still may.</summary>
[GrainType("reviewer")]
internal sealed class ReviewerGrain([PersistentState("queues", "grains")] IPersistentState<ReviewerState> state) : Grain, IReviewerGrain
{
    public Task Join(QueueReference queue) =>
        state.State.Queues.Contains(queue) ? Task.CompletedTask : state.SaveAsync(new ReviewerState { Queues = state.State.Queues.Add(queue) });

    public Task<ImmutableArray<QueueReference>> Queues() => Task.FromResult(state.State.Queues);
}

[GenerateSerializer, Alias("ReviewerState"), Immutable]
internal sealed record ReviewerState
{
    [Id(0)] public ImmutableArray<QueueReference> Queues { get; init; } = [];
}
