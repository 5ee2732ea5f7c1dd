using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>The queues of one person across projects; key: the person's id.</summary>
[Alias("IReviewerGrain"), AcrossTenants]
public interface IReviewerGrain : IGrainWithStringKey
{
    [Alias("Join")]
    Task JoinAsync(QueueReference queue);

    [AlwaysInterleave, Alias("Queues"), Repeatable]
    Task<ImmutableArray<QueueReference>> QueuesAsync();
}
