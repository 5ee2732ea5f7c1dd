using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Datasets;

/// <summary>Asks the datasets of a project about traces.</summary>
internal sealed class DatasetDirectory(IGrainFactory grains, IBlinding blinding) : IDatasetDirectory
{
    public async ValueTask<ILookup<string, DatasetView>> OfTracesAsync(
        ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        var names = traceIds.Count == 0 ? [] : await grains.GetGrain<IDatasetsGrain>(project.ToString()).List();
        var holders = await Task.WhenAll(names.Select(async n =>
        {
            var dataset = grains.GetGrain<IDatasetGrain>(project.Child(n.DatasetId));
            var held = await dataset.WhichTraces([.. traceIds]);
            return held.IsEmpty ? null : new { Dataset = await dataset.Get(), TraceIds = held };
        }));
        cancellationToken.ThrowIfCancellationRequested();
        return holders.Where(h => h is not null).SelectMany(h =>
            h!.TraceIds.Select(id => (TraceId: id, h.Dataset))).ToLookup(h => h.TraceId, h => h.Dataset, StringComparer.Ordinal);
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
