using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Datasets.Grains;

/// <summary>The items of a project's datasets that were made from traces.</summary>
internal sealed class HeldByDatasets(DatasetDirectory datasets) : ITraceHolder
{
    /// <summary>Who takes items out when nobody in particular does.</summary>
    private const string Eraser = "erasure";

    public HeldThing Thing => HeldThing.DatasetItem;

    public async ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var spans = await Task.WhenAll((await datasets.ListAsync(project)).Select(d => d.GetSpansAsync()));
        return spans.SelectMany(s => s).Select(s => s.TraceId).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.ToImmutableArray();
        return (await Task.WhenAll((await datasets.ListAsync(project)).Select(d => d.EraseAsync(ids, Eraser)))).Sum();
    }
}
