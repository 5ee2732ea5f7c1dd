using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Reviews;

/// <summary>The queues of a project; key <c>organization/project</c>.</summary>
[Alias("IReviewQueuesGrain")]
public interface IReviewQueuesGrain : IGrainWithStringKey
{
    /// <summary>Remembers a queue. Refused when the project has as many as it may.</summary>
    [Alias("Add")]
    Task AddAsync(string queueId);

    /// <summary>Forgets a queue, which makes room for another.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string queueId);

    /// <summary>Ids of all queues, oldest first.</summary>
    [AlwaysInterleave, Alias("List"), Repeatable]
    Task<ImmutableArray<string>> ListAsync();
}
