using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Datasets;

/// <summary>Datasets by trace, for other slices.</summary>
public interface IDatasetDirectory
{
    /// <summary>The datasets with an item made from one of the traces, by trace.</summary>
    ValueTask<ILookup<string, DatasetView>> OfTracesAsync(ProjectScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>The traces a dataset's items were made from, less those the viewer is blinded to; empty for an unknown dataset.</summary>
    ValueTask<IReadOnlySet<string>> TracesInAsync(ProjectScope scope, string datasetId, CancellationToken cancellationToken);
}
