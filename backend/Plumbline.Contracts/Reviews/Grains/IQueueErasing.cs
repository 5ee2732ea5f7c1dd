using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>What deletes from a queue. See <see cref="IReviewQueueGrain"/>.</summary>
[Alias("IQueueErasing")]
public interface IQueueErasing : IGrainWithStringKey
{
    /// <summary>Deletes the items over these traces with all that was said of them; returned once nothing on disk holds it.</summary>
    /// <returns>How many items there were.</returns>
    [Alias("Erase")]
    Task<int> EraseAsync(ImmutableArray<string> traceIds);

    /// <summary>Closes the queue and deletes it with all its items and what was said of them; returned once nothing on disk holds these. May be asked
    /// again.</summary>
    /// <returns>The queue as it was last, so that it can be said which one went.</returns>
    [Alias("Delete")]
    Task<ReviewQueueView> DeleteAsync(string by);
}
