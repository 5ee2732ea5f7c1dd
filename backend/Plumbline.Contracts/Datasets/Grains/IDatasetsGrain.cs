using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Datasets;

/// <summary>The datasets of a project; key <c>organization/project</c>. Names are unique.</summary>
[Alias("IDatasetsGrain")]
public interface IDatasetsGrain : IGrainWithStringKey
{
    /// <summary>Takes a name for a dataset; one that is taken for this very dataset stays so. CONFLICT when another one has it, or this one
    /// another name.</summary>
    [Alias("Add")]
    Task AddAsync(DatasetName dataset);

    /// <summary>All datasets, oldest first.</summary>
    [AlwaysInterleave, Alias("List"), Repeatable]
    Task<ImmutableArray<DatasetName>> ListAsync();
}
