using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Reviews;

/// <summary>The items of a project's review queues.</summary>
internal sealed class HeldByQueues(IGrainFactory grains) : ITraceHolder
{
    public HeldThing Thing => HeldThing.ReviewItem;

    public async ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var spans = await Task.WhenAll((await QueuesAsync(project)).Select(q => q.GetSpans()));
        return spans.SelectMany(s => s).Select(s => s.TraceId).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.ToImmutableArray();
        return (await Task.WhenAll((await QueuesAsync(project)).Select(q => q.Erase(ids)))).Sum();
    }

    private async Task<IEnumerable<IReviewQueueGrain>> QueuesAsync(ProjectKey project) =>
        (await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).List()).Select(id => grains.GetGrain<IReviewQueueGrain>(project.Child(id)));
}
