using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>Asks the list of the project's queues, and the queues themselves only where something of the traces was given to a reviewer.</summary>
internal sealed class JudgedSpans(ReviewQueueDirectory queues) : IJudgedSpans
{
    public async ValueTask<IReadOnlySet<SpanReference>> AmongAsync(
        ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.ToImmutableArray();
        var judged = await Task.WhenAll((await queues.ThatGaveAsync(project, ids)).Select(q => q.WhichJudgedAsync(ids)));
        cancellationToken.ThrowIfCancellationRequested();
        return judged.SelectMany(j => j).ToHashSet();
    }
}
