using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>The queues of a project, for what the server does by itself: nobody asks, so nobody is checked.</summary>
internal sealed class ReviewQueueDirectory(IGrainFactory grains)
{
    public async Task<IReadOnlyList<IReviewQueueGrain>> ListAsync(ProjectKey project)
    {
        var ids = await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).ListAsync();
        return [.. ids.Select(id => grains.GetGrain<IReviewQueueGrain>(project.Child(id)))];
    }
}
