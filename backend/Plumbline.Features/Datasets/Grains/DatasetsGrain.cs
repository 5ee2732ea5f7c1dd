using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Datasets.Grains;

/// <summary>Knows the datasets of a project and keeps their names apart.</summary>
[GrainType("datasets")]
internal sealed class DatasetsGrain([PersistentState("datasets", "grains")] IPersistentState<DatasetsState> stored, IOptions<DatasetsOptions> options)
    : Grain, IDatasetsGrain
{
    public async Task AddAsync(DatasetName dataset)
    {
        var before = stored.State;
        if (before.Datasets.Contains(dataset)) return;
        if (before.Datasets.Any(d => d.DatasetId == dataset.DatasetId)) throw RequestKey.UsedForAnother();
        if (before.Datasets.Any(d => string.Equals(d.Name, dataset.Name, StringComparison.OrdinalIgnoreCase)))
            throw Failure.Conflict($"There is a dataset named '{dataset.Name}' already. Choose another name.");
        if (before.Datasets.Length >= options.Value.MaxDatasets)
            throw Failure.BadInput($"The project has {options.Value.MaxDatasets} datasets, which is the most it may have.");
        await stored.SaveAsync(new DatasetsState { Datasets = before.Datasets.Add(dataset) });
    }

    public Task<ImmutableArray<DatasetName>> ListAsync() => Task.FromResult(stored.State.Datasets);
}

[GenerateSerializer, Alias("DatasetsState"), Immutable]
internal sealed record DatasetsState
{
    [Id(0)] public ImmutableArray<DatasetName> Datasets { get; init; } = [];
}
