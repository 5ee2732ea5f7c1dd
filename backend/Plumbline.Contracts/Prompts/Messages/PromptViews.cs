using System.Collections.Immutable;

namespace Plumbline.Contracts.Prompts;

/// <summary>A prompt without the contents of its versions: type Prompt.</summary>
[GenerateSerializer, Alias("PromptView"), Immutable]
public sealed record PromptView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    /// <summary>Unique in the project; part of keys and of traces.</summary>
    [Id(1)] public required string Name { get; init; }

    [Id(2)] public string? Description { get; init; }

    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(4)] public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>The number of the newest version; versions are numbered from 1 without gaps.</summary>
    [Id(5)] public required int LatestNumber { get; init; }

    [Id(6)] public ImmutableArray<PromptLabelView> Labels { get; init; } = [];

    public string Id => NodeId.Format(NodeKinds.Prompt, Project, Name);
}

/// <summary>A name that points at a version.</summary>
/// <param name="SetBy"><see cref="Access.Caller.ActorId"/> of who set it.</param>
/// <param name="PreviousNumber">Where it pointed before; null when it was new.</param>
[GenerateSerializer, Alias("PromptLabelView"), Immutable]
public sealed record PromptLabelView(
    [property: Id(0)] string Name,
    [property: Id(1)] int Number,
    [property: Id(2)] string SetBy,
    [property: Id(3)] DateTimeOffset SetAt,
    [property: Id(4)] int? PreviousNumber);

/// <summary>One immutable version: type PromptVersion.</summary>
[GenerateSerializer, Alias("PromptVersionView"), Immutable]
public sealed record PromptVersionView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string PromptName { get; init; }

    [Id(2)] public required int Number { get; init; }

    /// <summary>SHA-256 over the canonical form, 64 lower-case hexadecimal digits.</summary>
    [Id(3)] public required string ContentHash { get; init; }

    [Id(4)] public required PromptContent Content { get; init; }

    [Id(5)] public required VersionSource Source { get; init; }

    /// <summary><see cref="Access.Caller.ActorId"/> of who saved it.</summary>
    [Id(6)] public required string AuthorId { get; init; }

    [Id(7)] public string? Note { get; init; }

    [Id(8)] public int? ParentNumber { get; init; }

    [Id(9)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The labels that point here now.</summary>
    [Id(10)] public ImmutableArray<string> Labels { get; init; } = [];

    public string Id => NodeId.Format(NodeKinds.PromptVersion, Project, $"{PromptName}@{Number}");
}

/// <summary>Who a version comes from. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("VersionSource")]
public enum VersionSource
{
    Playground,
    Sdk,
    Api,
}

/// <summary>A version to be saved.</summary>
[GenerateSerializer, Alias("NewPromptVersion"), Immutable]
public sealed record NewPromptVersion
{
    [Id(0)] public required PromptContent Content { get; init; }

    [Id(1)] public required VersionSource Source { get; init; }

    [Id(2)] public required string AuthorId { get; init; }

    [Id(3)] public string? Note { get; init; }

    /// <summary>The number that the author started from; the save is refused when another version came meanwhile. Null skips the check.</summary>
    [Id(4)] public int? ExpectedParent { get; init; }
}

/// <summary>The version that holds the content, and whether it is new.</summary>
[GenerateSerializer, Alias("SavedPromptVersion"), Immutable]
public sealed record SavedPromptVersion([property: Id(0)] PromptVersionView Version, [property: Id(1)] bool Created);

/// <summary>A page of versions, newest first.</summary>
[GenerateSerializer, Alias("PromptVersionPage"), Immutable]
public sealed record PromptVersionPage(
    [property: Id(0)] ImmutableArray<PromptVersionView> Versions, [property: Id(1)] bool HasNext, [property: Id(2)] int Total);

/// <summary>A prompt as the list of a project knows it.</summary>
[GenerateSerializer, Alias("PromptEntry"), Immutable]
public sealed record PromptEntry([property: Id(0)] string Name, [property: Id(1)] bool Archived);

/// <summary>Share of items whose consensus verdict is pass, with its 95 % Wilson interval: type PassRate.</summary>
[GenerateSerializer, Alias("PassRateView"), Immutable]
public sealed record PassRateView(
    [property: Id(0)] int Passed,
    [property: Id(1)] int Failed,
    [property: Id(2)] double Rate,
    [property: Id(3)] double Low,
    [property: Id(4)] double High);
