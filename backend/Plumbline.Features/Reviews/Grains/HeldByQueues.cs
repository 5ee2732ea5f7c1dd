using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>The items of a project's review queues.</summary>
internal sealed class HeldByQueues(ReviewQueueDirectory queues) : ITraceHolder
{
    public HeldThing Thing => HeldThing.ReviewItem;

    public async ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var spans = await Task.WhenAll((await queues.ListAsync(project)).Select(q => q.GetSpansAsync()));
        return spans.SelectMany(s => s).Select(s => s.TraceId).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.ToImmutableArray();
        return (await Task.WhenAll((await queues.ListAsync(project)).Select(q => q.EraseAsync(ids)))).Sum();
    }
}
