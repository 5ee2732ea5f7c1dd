using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Contracts.Datasets;

/// <summary>One dataset; key <c>organization/project/dataset</c>. One that was never created answers NOT_FOUND.</summary>
[Alias("IDatasetGrain")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Makes the dataset. The same request again gets the dataset it has made.</summary>
    [Alias("Create")]
    Task<DatasetView> Create(string name, string? description, string by, RequestKey? request = null);

    [AlwaysInterleave, Alias("Get"), Repeatable]
    Task<DatasetView> Get();

    /// <summary>Adds examples, less those with the same inputs and expected output as one already there. Those made from
    /// <paramref name="withoutTraceIds"/>, which the asker is blinded to, count as not there: else whoever guesses an expected output would
    /// learn that the guess is right. The same request again adds nothing and is answered as it was.</summary>
    [Alias("Add")]
    Task<AddedDatasetItems> Add(ImmutableArray<NewDatasetItem> items, string by, ImmutableArray<string> withoutTraceIds, RequestKey? request = null);

    /// <summary>Changes an example. One made from <paramref name="withoutTraceIds"/>, which the asker is blinded to, counts as not there.</summary>
    [Alias("Update")]
    Task<DatasetItemView> Update(DatasetItemChange change, string by, ImmutableArray<string> withoutTraceIds);

    /// <summary>Deletes the items made from these traces, from frozen versions too, whose counts and hashes become those of what is left.
    /// Returned once nothing on disk holds them.</summary>
    /// <returns>How many items there were.</returns>
    [Alias("Erase")]
    Task<int> Erase(ImmutableArray<string> traceIds, string by);

    /// <summary>Takes examples out, all or none. Those made from <paramref name="withoutTraceIds"/>, which the asker is blinded to, count as not
    /// there.</summary>
    [Alias("Remove")]
    Task<DatasetView> Remove(ImmutableArray<string> itemIds, string by, ImmutableArray<string> withoutTraceIds);

    /// <summary>Freezes the items as they are under the next number. The same request again gets the version it has made.</summary>
    [Alias("Snapshot")]
    Task<DatasetVersionView> Snapshot(string? note, string by, RequestKey? request = null);

    [AlwaysInterleave, Alias("GetItem"), Repeatable]
    Task<DatasetItemView> GetItem(string itemId);

    [AlwaysInterleave, Alias("GetItems"), Repeatable]
    Task<DatasetItemPage> GetItems(DatasetQuery query);

    /// <summary>How many items a version has, or the dataset as it is, less those made from these traces.</summary>
    [AlwaysInterleave, Alias("CountItems"), Repeatable]
    Task<int> CountItems(int? version, ImmutableArray<string> withoutTraceIds);

    /// <summary>The frozen versions, newest first.</summary>
    [AlwaysInterleave, Alias("GetVersions"), Repeatable]
    Task<ImmutableArray<DatasetVersionView>> GetVersions();

    /// <summary>The spans that items were made from, in any version.</summary>
    [AlwaysInterleave, Alias("GetSpans"), Repeatable]
    Task<ImmutableArray<SpanReference>> GetSpans();

    /// <summary>Those of the traces that an item was made from.</summary>
    [AlwaysInterleave, Alias("WhichTraces"), Repeatable]
    Task<ImmutableArray<string>> WhichTraces(ImmutableArray<string> traceIds);
}

/// <summary>The datasets of a project; key <c>organization/project</c>. Names are unique.</summary>
[Alias("IDatasetsGrain")]
public interface IDatasetsGrain : IGrainWithStringKey
{
    /// <summary>Takes a name for a dataset; one that is taken for this very dataset stays so. CONFLICT when another one has it, or this one
    /// another name.</summary>
    [Alias("Add")]
    Task Add(DatasetName dataset);

    /// <summary>All datasets, oldest first.</summary>
    [AlwaysInterleave, Alias("List"), Repeatable]
    Task<ImmutableArray<DatasetName>> List();
}

/// <summary>Datasets by trace, for other slices.</summary>
public interface IDatasetDirectory
{
    /// <summary>The datasets with an item made from one of the traces, by trace.</summary>
    ValueTask<ILookup<string, DatasetView>> OfTracesAsync(ProjectScope scope, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>The traces a dataset's items were made from, less those the viewer is blinded to; empty for an unknown dataset.</summary>
    ValueTask<IReadOnlySet<string>> TracesInAsync(ProjectScope scope, string datasetId, CancellationToken cancellationToken);
}
