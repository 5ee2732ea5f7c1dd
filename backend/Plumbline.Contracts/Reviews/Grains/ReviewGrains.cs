using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class ReviewGrains
{
    /// <summary>A queue to read from; who changes it or works in it asks for that part of it.</summary>
    public static IQueueReading Queue(this ProjectScope scope, string queueId) => scope.Grain<IReviewQueueGrain>(queueId);

    public static IQueueSetup QueueSetup(this ProjectScope scope, string queueId) => scope.Grain<IReviewQueueGrain>(queueId);

    public static IQueueErasing QueueErasing(this ProjectScope scope, string queueId) => scope.Grain<IReviewQueueGrain>(queueId);

    public static IQueueTurns QueueTurns(this ProjectScope scope, string queueId) => scope.Grain<IReviewQueueGrain>(queueId);

    public static IReviewQueuesGrain Queues(this ProjectScope scope) => scope.Grain<IReviewQueuesGrain>();
}
