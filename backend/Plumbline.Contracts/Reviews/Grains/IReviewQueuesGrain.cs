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

    /// <summary>Remembers that something of these traces is given to somebody to judge. To be called before it is read for them.</summary>
    [AlwaysInterleave, Alias("Give"), Repeatable]
    Task GiveAsync(ImmutableArray<string> traceIds);

    /// <summary>The queues to ask which spans of these traces were given to judge: none unless something of the traces was.</summary>
    [AlwaysInterleave, Alias("WhichGave"), Repeatable]
    Task<ImmutableArray<string>> WhichGaveAsync(ImmutableArray<string> traceIds);
}
