using System.Collections.Immutable;

namespace Plumbline.Contracts.Traces;

/// <summary>An organization's prices.</summary>
/// <param name="Version">0, then one more with every price saved.</param>
[GenerateSerializer, Alias("OrganizationPrices"), Immutable]
public sealed record OrganizationPrices([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<OrganizationPrice> Prices);

/// <summary>What a model costs from a day on, US dollars per million tokens.</summary>
[GenerateSerializer, Alias("OrganizationPrice"), Immutable]
public sealed record OrganizationPrice
{
    [Id(0)] public required string Model { get; init; }

    /// <summary>Only for calls of this provider; null for all.</summary>
    [Id(1)] public string? Provider { get; init; }
    [Id(2)] public required decimal InputUsdPerMillion { get; init; }
    [Id(3)] public required decimal OutputUsdPerMillion { get; init; }
    [Id(4)] public decimal? CachedInputUsdPerMillion { get; init; }
    [Id(5)] public decimal? ReasoningUsdPerMillion { get; init; }
    [Id(6)] public required DateOnly ValidFrom { get; init; }

    /// <summary>The version it came with; set by the grain.</summary>
    [Id(7)] public long SavedAs { get; init; }
}
