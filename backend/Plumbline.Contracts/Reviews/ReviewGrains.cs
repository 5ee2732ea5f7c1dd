using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class ReviewGrains
{
    public static IReviewQueueGrain Queue(this ProjectScope scope, string queueId) => scope.Grain<IReviewQueueGrain>(queueId);

    public static IReviewQueuesGrain Queues(this ProjectScope scope) => scope.Grain<IReviewQueuesGrain>();
}
