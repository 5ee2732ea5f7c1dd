using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Contracts.Datasets;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Datasets.State;

/// <summary>Something that happened to a dataset. Written to its journal: the names below and their members stay readable for ever.</summary>
[JsonDerivedType(typeof(DatasetCreated), "created")]
[JsonDerivedType(typeof(DatasetItemsAdded), "added")]
[JsonDerivedType(typeof(DatasetItemUpdated), "updated")]
[JsonDerivedType(typeof(DatasetItemsRemoved), "removed")]
[JsonDerivedType(typeof(DatasetFrozen), "frozen")]
[JsonDerivedType(typeof(DatasetItemsErased), "erased")]
[JsonDerivedType(typeof(ErasedItemsPurged), "purged")]
internal abstract record DatasetEvent(string By, DateTimeOffset At);

internal sealed record DatasetCreated(string Name, string? Description, string By, DateTimeOffset At) : DatasetEvent(By, At)
{
    /// <summary><see cref="Plumbline.Contracts.RequestKey.Content"/> of the request that made it.</summary>
    public string? RequestContent { get; init; }
}

internal sealed record DatasetItemsAdded(ImmutableArray<AddedDatasetItem> Items, string By, DateTimeOffset At) : DatasetEvent(By, At)
{
    /// <summary>The request that added them, where it can be repeated.</summary>
    public AnsweredRequest? Answered { get; init; }
}

internal sealed record AddedDatasetItem(string ItemId, DatasetContent Content, DatasetLineage? Lineage);

internal sealed record DatasetItemUpdated(string ItemId, DatasetContent Content, string By, DateTimeOffset At) : DatasetEvent(By, At);

internal sealed record DatasetItemsRemoved(ImmutableArray<string> ItemIds, string By, DateTimeOffset At) : DatasetEvent(By, At);

internal sealed record DatasetFrozen(int Number, int ItemCount, string ContentHash, string? Note, string By, DateTimeOffset At) : DatasetEvent(By, At)
{
    /// <summary>The request that froze it, where it can be repeated.</summary>
    public AnsweredRequest? Answered { get; init; }
}

/// <summary>All rows of these items went, in frozen versions too.</summary>
internal sealed record DatasetItemsErased(ImmutableArray<string> ItemIds, string By, DateTimeOffset At) : DatasetEvent(By, At);

/// <summary>The events before the erasure are off the disk.</summary>
internal sealed record ErasedItemsPurged(string By, DateTimeOffset At) : DatasetEvent(By, At);
