using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Datasets;

/// <summary>Asks the datasets of a project about traces.</summary>
internal sealed class DatasetDirectory(IGrainFactory grains, IBlinding blinding) : IDatasetDirectory
{
    public async ValueTask<ImmutableArray<DatasetView>> OfTraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken)
    {
        var names = await grains.GetGrain<IDatasetsGrain>(project.ToString()).List();
        var holders = await Task.WhenAll(names.Select(async n =>
        {
            var dataset = grains.GetGrain<IDatasetGrain>(project.Child(n.DatasetId));
            return await dataset.ContainsTrace(traceId) ? await dataset.Get() : null;
        }));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. holders.OfType<DatasetView>()];
    }

    public async ValueTask<IReadOnlySet<string>> TracesInAsync(ProjectKey project, string datasetId, string? viewerId, CancellationToken cancellationToken)
    {
        var names = await grains.GetGrain<IDatasetsGrain>(project.ToString()).List();
        if (!names.Any(n => n.DatasetId == datasetId)) return new HashSet<string>();
        var blinded = await blinding.ForAsync(project, viewerId, cancellationToken);
        var spans = await grains.GetGrain<IDatasetGrain>(project.Child(datasetId)).GetSpans();
        return spans.Select(s => s.TraceId).Where(t => !blinded.BlindedTraceIds.Contains(t)).ToHashSet(StringComparer.Ordinal);
    }
}
