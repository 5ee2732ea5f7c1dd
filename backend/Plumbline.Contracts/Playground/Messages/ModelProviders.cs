using System.Collections.Immutable;

namespace Plumbline.Contracts.Playground;

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("ModelProviderKind")]
public enum ModelProviderKind
{
    Openai,
    AzureOpenai,
    Anthropic,
    Gemini,
    OpenaiCompatible,
    Demo,
}

/// <summary>An endpoint that runs models: type ModelProvider. It never carries the secret.</summary>
[GenerateSerializer, Alias("ModelProviderView"), Immutable]
public sealed record ModelProviderView
{
    /// <summary>The id of the provider that every project has: no language model, but one to try every screen with.</summary>
    public const string DemoId = "demo";

    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string ProviderId { get; init; }

    [Id(2)] public required string Name { get; init; }

    [Id(3)] public required ModelProviderKind Kind { get; init; }

    [Id(4)] public required string BaseUrl { get; init; }

    /// <summary>Models to offer; others may be named all the same.</summary>
    [Id(5)] public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>The end of the secret, so that people can tell keys apart.</summary>
    [Id(6)] public string? SecretHint { get; init; }

    /// <summary>Runs are refused once this much was spent in a calendar month (UTC).</summary>
    [Id(7)] public decimal? MonthlyBudgetUsd { get; init; }

    /// <summary>What runs with a known price cost this month (UTC).</summary>
    [Id(8)] public decimal SpentThisMonthUsd { get; init; }

    public string Id => NodeId.Format(NodeKinds.ModelProvider, Project, ProviderId);
}

/// <summary>A provider to be made or changed.</summary>
[GenerateSerializer, Alias("ModelProviderChange"), Immutable]
public sealed record ModelProviderChange
{
    /// <summary>Null makes a new one.</summary>
    [Id(0)] public string? ProviderId { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required ModelProviderKind Kind { get; init; }

    [Id(3)] public required string BaseUrl { get; init; }

    /// <summary>The sealed secret; null keeps the one there is.</summary>
    [Id(4)] public string? SealedSecret { get; init; }

    [Id(5)] public string? SecretHint { get; init; }

    [Id(6)] public ImmutableArray<string> Models { get; init; } = [];

    [Id(7)] public decimal? MonthlyBudgetUsd { get; init; }

    /// <summary>The request that makes it; null when its client has not named it.</summary>
    [Id(8)] public RequestKey? Request { get; init; }
}

/// <summary>A provider with what it takes to call it.</summary>
[GenerateSerializer, Alias("ModelProviderAccess"), Immutable]
public sealed record ModelProviderAccess([property: Id(0)] ModelProviderView Provider, [property: Id(1)] string? SealedSecret);
