using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Asks all queues of the project.</summary>
internal sealed class PendingTraces(IGrainFactory grains) : IPendingTraces
{
    public async ValueTask<IReadOnlySet<string>> ListAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var queueIds = await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).List();
        var pending = await Task.WhenAll(queueIds.Select(id => grains.GetGrain<IReviewQueueGrain>(project.Child(id)).GetPendingTraces()));
        cancellationToken.ThrowIfCancellationRequested();
        return pending.SelectMany(p => p).ToHashSet(StringComparer.Ordinal);
    }
}
