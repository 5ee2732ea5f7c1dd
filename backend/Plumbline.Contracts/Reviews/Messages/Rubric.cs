using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>What reviewers go by. A change makes the next version; a review keeps the number it was made under.</summary>
[GenerateSerializer, Alias("Rubric"), Immutable]
public sealed record Rubric(
    [property: Id(0)] int Version,
    [property: Id(1)] string Instructions,
    [property: Id(2)] ImmutableArray<FailureMode> FailureModes,
    [property: Id(3)] ReasoningRequired ReasoningRequired);

/// <summary>A named way to fail.</summary>
[GenerateSerializer, Alias("FailureMode"), Immutable]
public sealed record FailureMode([property: Id(0)] string Key, [property: Id(1)] string Label, [property: Id(2)] string? Description);

/// <summary>What a queue keeps from its reviewers. What others said is kept from them always.</summary>
[GenerateSerializer, Alias("BlindingRules"), Immutable]
public sealed record BlindingRules(
    [property: Id(0)] bool HideModel,
    [property: Id(1)] bool HidePromptVersion,
    [property: Id(2)] bool HideMetrics,
    [property: Id(3)] bool HideIdentity,
    [property: Id(4)] bool Shuffle)
{
    /// <summary>Everything on.</summary>
    public static BlindingRules Strictest { get; } = new(true, true, true, true, true);

    /// <summary>Both together: what either hides is hidden.</summary>
    public BlindingRules Or(BlindingRules other) => new(
        HideModel || other.HideModel, HidePromptVersion || other.HidePromptVersion, HideMetrics || other.HideMetrics,
        HideIdentity || other.HideIdentity, Shuffle || other.Shuffle);

    /// <summary>Whether the traces of its spans are hidden while they are reviewed.</summary>
    public bool HidesTraces => HideModel || HidePromptVersion || HideMetrics || HideIdentity;
}
