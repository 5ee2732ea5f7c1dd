using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>Asks all queues of the project. Not remembered: who is given a span now has to find it fixed for whatever arrives from now on.</summary>
internal sealed class JudgedSpans(ReviewQueueDirectory queues) : IJudgedSpans
{
    public async ValueTask<IReadOnlySet<SpanReference>> AmongAsync(
        ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.ToImmutableArray();
        var judged = await Task.WhenAll((await queues.ListAsync(project)).Select(q => q.WhichJudgedAsync(ids)));
        cancellationToken.ThrowIfCancellationRequested();
        return judged.SelectMany(j => j).ToHashSet();
    }
}
