using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>What a queue is asked to be: made, changed, joined, filled and closed. See <see cref="IReviewQueueGrain"/>.</summary>
[Alias("IQueueSetup")]
public interface IQueueSetup : IGrainWithStringKey
{
    /// <summary>Makes the queue. The same request again gets the queue it has made.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: it is there, made by another request.</exception>
    [Alias("Create")]
    Task<ReviewQueueView> CreateAsync(NewReviewQueue queue);

    [Alias("Change")]
    Task<ReviewQueueView> ChangeAsync(ReviewQueueChange change);

    /// <summary>Makes the person a reviewer of an open queue, blinded to all its items from now on; joining again changes nothing.</summary>
    [Alias("Join")]
    Task<ReviewQueueView> JoinAsync(string userId);

    /// <summary>Makes the person a reviewer no more. They may read from now on, so they are not asked again about what is in the queue.</summary>
    [Alias("Leave")]
    Task<ReviewQueueView> LeaveAsync(string userId);

    /// <summary>Closes the queue: nobody is given work any more, and blinding ends.</summary>
    [Alias("Close")]
    Task<ReviewQueueView> CloseAsync(string by);

    /// <summary>Adds spans that are not in the queue yet. The same request again adds nothing and is answered as it was.</summary>
    [Alias("Add")]
    Task<AddedItems> AddAsync(ImmutableArray<NewReviewItem> items, string by, RequestKey? request = null);
}
