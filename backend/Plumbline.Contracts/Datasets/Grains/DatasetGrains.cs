using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Datasets;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class DatasetGrains
{
    public static IDatasetGrain Dataset(this ProjectScope scope, string datasetId) => scope.Grain<IDatasetGrain>(datasetId);

    public static IDatasetsGrain Datasets(this ProjectScope scope) => scope.Grain<IDatasetsGrain>();
}
