namespace Plumbline.Contracts.Reviews;

/// <summary>One review queue; key <c>organization/project/queue</c>. Callers have passed the permission check; the queue itself guards turns and blinding.
/// A queue that was never created answers NOT_FOUND. Who calls it takes the part that they need.</summary>
[Alias("IReviewQueueGrain")]
public interface IReviewQueueGrain : IQueueSetup, IQueueTurns, IQueueReading, IQueueErasing;
