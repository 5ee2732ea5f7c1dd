using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Datasets.Grains;

/// <summary>Asks the datasets of a project about traces.</summary>
internal sealed class DatasetDirectory(IGrainFactory grains, IBlinding blinding) : IDatasetDirectory
{
    /// <summary>The datasets of a project, for what the server does by itself: nobody asks, so nobody is checked.</summary>
    public async Task<IReadOnlyList<IDatasetGrain>> ListAsync(ProjectKey project)
    {
        var names = await grains.GetGrain<IDatasetsGrain>(project.ToString()).ListAsync();
        return [.. names.Select(n => grains.GetGrain<IDatasetGrain>(project.Child(n.DatasetId)))];
    }

    public async ValueTask<ILookup<string, DatasetView>> OfTracesAsync(
        ProjectScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        var names = traceIds.Count == 0 ? [] : await scope.Datasets().ListAsync();
        var holders = await Task.WhenAll(names.Select(async n =>
        {
            var dataset = scope.Dataset(n.DatasetId);
            var held = await dataset.WhichTracesAsync([.. traceIds]);
            return held.IsEmpty ? null : new { Dataset = await dataset.GetAsync(), TraceIds = held };
        }));
        cancellationToken.ThrowIfCancellationRequested();
        return holders.Where(h => h is not null).SelectMany(h =>
            h!.TraceIds.Select(id => (TraceId: id, h.Dataset))).ToLookup(h => h.TraceId, h => h.Dataset, StringComparer.Ordinal);
    }

    public async ValueTask<IReadOnlySet<string>> TracesInAsync(ProjectScope scope, string datasetId, CancellationToken cancellationToken)
    {
        var names = await scope.Datasets().ListAsync();
        if (!names.Any(n => n.DatasetId == datasetId)) return new HashSet<string>();
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        var spans = await scope.Dataset(datasetId).GetSpansAsync();
        return spans.Select(s => s.TraceId).Where(t => !blinded.BlindedTraceIds.Contains(t)).ToHashSet(StringComparer.Ordinal);
    }
}
