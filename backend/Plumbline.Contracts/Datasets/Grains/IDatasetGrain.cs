using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Contracts.Datasets;

/// <summary>One dataset; key <c>organization/project/dataset</c>. One that was never created answers NOT_FOUND.</summary>
[Alias("IDatasetGrain")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Makes the dataset. The same request again gets the dataset it has made.</summary>
    [Alias("Create")]
    Task<DatasetView> CreateAsync(string name, string? description, string by, RequestKey? request = null);

    [AlwaysInterleave, Alias("Get"), Repeatable]
    Task<DatasetView> GetAsync();

    /// <summary>Adds examples, less those with the same inputs and expected output as one already there. Those made from
    /// <paramref name="withoutTraceIds"/>, which the asker is blinded to, count as not there: else whoever guesses an expected output would
    /// learn that the guess is right. The same request again adds nothing and is answered as it was.</summary>
    [Alias("Add")]
    Task<AddedDatasetItems> AddAsync(ImmutableArray<NewDatasetItem> items, string by, ImmutableArray<string> withoutTraceIds, RequestKey? request = null);

    /// <summary>Changes an example. One made from <paramref name="withoutTraceIds"/>, which the asker is blinded to, counts as not there.</summary>
    [Alias("Update")]
    Task<DatasetItemView> UpdateAsync(DatasetItemChange change, string by, ImmutableArray<string> withoutTraceIds);

    /// <summary>Deletes the items made from these traces, from frozen versions too, whose counts and hashes become those of what is left.
    /// Returned once nothing on disk holds them.</summary>
    /// <returns>How many items there were.</returns>
    [Alias("Erase")]
    Task<int> EraseAsync(ImmutableArray<string> traceIds, string by);

    /// <summary>Takes examples out, all or none. Those made from <paramref name="withoutTraceIds"/>, which the asker is blinded to, count as not
    /// there.</summary>
    [Alias("Remove")]
    Task<DatasetView> RemoveAsync(ImmutableArray<string> itemIds, string by, ImmutableArray<string> withoutTraceIds);

    /// <summary>Freezes the items as they are under the next number. The same request again gets the version it has made.</summary>
    [Alias("Snapshot")]
    Task<DatasetVersionView> SnapshotAsync(string? note, string by, RequestKey? request = null);

    [AlwaysInterleave, Alias("GetItem"), Repeatable]
    Task<DatasetItemView> GetItemAsync(string itemId);

    [AlwaysInterleave, Alias("GetItems"), Repeatable]
    Task<DatasetItemPage> GetItemsAsync(DatasetQuery query);

    /// <summary>How many items a version has, or the dataset as it is, less those made from these traces.</summary>
    [AlwaysInterleave, Alias("CountItems"), Repeatable]
    Task<int> CountItemsAsync(int? version, ImmutableArray<string> withoutTraceIds);

    /// <summary>The frozen versions, newest first.</summary>
    [AlwaysInterleave, Alias("GetVersions"), Repeatable]
    Task<ImmutableArray<DatasetVersionView>> GetVersionsAsync();

    /// <summary>The spans that items were made from, in any version.</summary>
    [AlwaysInterleave, Alias("GetSpans"), Repeatable]
    Task<ImmutableArray<SpanReference>> GetSpansAsync();

    /// <summary>Those of the traces that an item was made from.</summary>
    [AlwaysInterleave, Alias("WhichTraces"), Repeatable]
    Task<ImmutableArray<string>> WhichTracesAsync(ImmutableArray<string> traceIds);
}
