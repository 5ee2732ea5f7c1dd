using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Contracts.Datasets;

/// <summary>A dataset: type Dataset.</summary>
[GenerateSerializer, Alias("DatasetView"), Immutable]
public sealed record DatasetView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string DatasetId { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public string? Description { get; init; }

    [Id(4)] public required int ItemCount { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    public string Id => NodeId.Format(NodeKinds.Dataset, Project, DatasetId);
}

/// <summary>A frozen state of a dataset: type DatasetVersion.</summary>
/// <param name="Number">1, 2, 3… without gaps.</param>
/// <param name="ContentHash">SHA-256 (hex) over the items' content, whatever their order and ids.</param>
[GenerateSerializer, Alias("DatasetVersionView"), Immutable]
public sealed record DatasetVersionView(
    [property: Id(0)] int Number,
    [property: Id(1)] int ItemCount,
    [property: Id(2)] string ContentHash,
    [property: Id(3)] string? Note,
    [property: Id(4)] string CreatedById,
    [property: Id(5)] DateTimeOffset CreatedAt);

/// <summary>One example: type DatasetItem.</summary>
[GenerateSerializer, Alias("DatasetItemView"), Immutable]
public sealed record DatasetItemView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string DatasetId { get; init; }

    [Id(2)] public required string ItemId { get; init; }

    [Id(3)] public required DatasetContent Content { get; init; }

    [Id(4)] public DatasetLineage? Lineage { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    public string Id => NodeId.Format(NodeKinds.DatasetItem, Project, $"{DatasetId}/{ItemId}");
}

/// <summary>What an example says. JSON as text.</summary>
[GenerateSerializer, Alias("DatasetContent"), Immutable]
public sealed record DatasetContent
{
    [Id(0)] public required string InputsJson { get; init; }

    [Id(1)] public string? Output { get; init; }

    [Id(2)] public string? Expected { get; init; }

    [Id(3)] public Label? Label { get; init; }

    [Id(4)] public string? Reasoning { get; init; }

    [Id(5)] public string? Split { get; init; }

    [Id(6)] public string? MetadataJson { get; init; }
}

/// <summary>Where an example came from.</summary>
[GenerateSerializer, Alias("DatasetLineage"), Immutable]
public sealed record DatasetLineage([property: Id(0)] SpanReference Span)
{
    [Id(1)] public string? PromptName { get; init; }

    [Id(2)] public int? PromptVersion { get; init; }

    /// <summary>API ids of the reviews behind its label.</summary>
    [Id(3)] public ImmutableArray<string> ReviewIds { get; init; } = [];
}

/// <summary>A page of items, by position.</summary>
[GenerateSerializer, Alias("DatasetItemPage"), Immutable]
public sealed record DatasetItemPage([property: Id(0)] ImmutableArray<DatasetItemView> Items, [property: Id(1)] bool HasNext, [property: Id(2)] int Total);
