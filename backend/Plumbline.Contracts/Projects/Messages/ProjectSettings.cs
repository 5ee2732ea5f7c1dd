using System.Collections.Immutable;

namespace Plumbline.Contracts.Projects;

/// <summary>What a project's managers can set: type ProjectSettings.</summary>
[GenerateSerializer, Alias("ProjectSettings"), Immutable]
public sealed record ProjectSettings
{
    public static ProjectSettings Default { get; } = new();

    /// <summary>Days after which traces are dropped; null keeps them.</summary>
    [Id(0)] public int? RetentionDays { get; init; }

    /// <summary>Applied in this order before anything is written to disk.</summary>
    [Id(1)] public ImmutableArray<RedactionRule> Redaction { get; init; } = [];

    /// <summary>Share of healthy traces that is kept, 0..1.</summary>
    [Id(2)] public double SampleRate { get; init; } = 1;

    /// <summary>The rates that were set and when, oldest first: each holds for the traces that start while it is set, so that a new one
    /// thins out nothing that is there.</summary>
    [Id(3)] public ImmutableArray<SampleRateChange> SampleRates { get; init; } = [];

    /// <summary>The rate for traces that start at a time. Before the first change on record all are kept.</summary>
    public double SampleRateAt(DateTimeOffset start)
    {
        if (SampleRates.IsDefaultOrEmpty) return SampleRate;
        for (var i = SampleRates.Length - 1; i >= 0; i--)
            if (SampleRates[i].At <= start) return SampleRates[i].Rate;
        return 1;
    }
}

/// <summary>One thing to look for in content, and what to do with it.</summary>
/// <param name="Pattern">A regular expression; only for <see cref="RedactionKind.Regex"/>.</param>
[GenerateSerializer, Alias("RedactionRule"), Immutable]
public sealed record RedactionRule(
    [property: Id(0)] string Name,
    [property: Id(1)] RedactionKind Kind,
    [property: Id(2)] string? Pattern,
    [property: Id(3)] RedactionAction Action);

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("RedactionKind")]
public enum RedactionKind
{
    Email,
    Phone,
    CreditCard,
    IpAddress,
    Secret,
    Regex,
}

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("RedactionAction")]
public enum RedactionAction
{
    Mask,
    Hash,
    Remove,
}

/// <summary>From when on which share of healthy traces is kept.</summary>
[GenerateSerializer, Alias("SampleRateChange"), Immutable]
public sealed record SampleRateChange([property: Id(0)] DateTimeOffset At, [property: Id(1)] double Rate);
