using System.Collections.Immutable;
namespace Plumbline.Contracts.Datasets;

/// <summary>An example to be added.</summary>
[GenerateSerializer, Alias("NewDatasetItem"), Immutable]
public sealed record NewDatasetItem([property: Id(0)] DatasetContent Content, [property: Id(1)] DatasetLineage? Lineage);

/// <summary>What came of adding.</summary>
[GenerateSerializer, Alias("AddedDatasetItems"), Immutable]
public sealed record AddedDatasetItems([property: Id(0)] DatasetView Dataset, [property: Id(1)] int Added, [property: Id(2)] int Duplicates);

/// <summary>What is to change about an example. A member counts when it is in <see cref="Members"/>; then null clears it.</summary>
[GenerateSerializer, Alias("DatasetItemChange"), Immutable]
public sealed record DatasetItemChange(
    [property: Id(0)] string ItemId,
    [property: Id(1)] DatasetContent Content,
    [property: Id(2)] DatasetMembers Members);

/// <summary>Members of <see cref="DatasetContent"/>.</summary>
[GenerateSerializer, Alias("DatasetMembers"), Flags]
public enum DatasetMembers
{
    None = 0,
    Inputs = 1,
    Output = 2,
    Expected = 4,
    Label = 8,
    Reasoning = 16,
    Split = 32,
    Metadata = 64,
}

/// <summary>Which items to list.</summary>
/// <param name="Version">A frozen version; null for the items as they are.</param>
[GenerateSerializer, Alias("DatasetQuery"), Immutable]
public sealed record DatasetQuery(
    [property: Id(0)] int First, [property: Id(1)] string? AfterItemId, [property: Id(2)] int? Version, [property: Id(3)] string? Split)
{
    /// <summary>Traces that the viewer is blinded to: items made from them are left out.</summary>
    [Id(4)] public ImmutableArray<string> WithoutTraceIds { get; init; } = [];
}

/// <summary>A dataset and its id, as the project lists it.</summary>
[GenerateSerializer, Alias("DatasetName"), Immutable]
public sealed record DatasetName([property: Id(0)] string DatasetId, [property: Id(1)] string Name);
