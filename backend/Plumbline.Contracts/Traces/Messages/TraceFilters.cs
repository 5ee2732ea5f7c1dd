namespace Plumbline.Contracts.Traces;

/// <summary>From (inclusive) to (exclusive): input TimeRange.</summary>
[GenerateSerializer, Alias("TimeRange"), Immutable]
public sealed record TimeRange([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);

/// <summary>Conditions on a text, all of which must hold: input StringFilter.</summary>
[GenerateSerializer, Alias("StringFilter"), Immutable]
public sealed record StringFilter
{
    [Id(0)] public string? Eq { get; init; }
    [Id(1)] public IReadOnlyList<string>? In { get; init; }
    [Id(2)] public IReadOnlyList<string>? NotIn { get; init; }

    /// <summary>Ignores case.</summary>
    [Id(3)] public string? Contains { get; init; }

    /// <summary>Ignores case.</summary>
    [Id(4)] public string? StartsWith { get; init; }
}

/// <summary>Bounds, both inclusive: input FloatFilter.</summary>
[GenerateSerializer, Alias("FloatFilter"), Immutable]
public sealed record FloatFilter
{
    [Id(0)] public double? Gte { get; init; }
    [Id(1)] public double? Lte { get; init; }
}

/// <summary>A condition on an attribute that no field holds: input AttributeFilter.</summary>
[GenerateSerializer, Alias("AttributeFilter"), Immutable]
public sealed record AttributeFilter
{
    [Id(0)] public required string Key { get; init; }
    [Id(1)] public string? Eq { get; init; }
    [Id(2)] public bool? Exists { get; init; }
}

/// <summary>Which traces: input TraceFilter.</summary>
[GenerateSerializer, Alias("TraceFilter"), Immutable]
public sealed record TraceFilter : ICommonFilter
{
    [Id(0)] public TimeRange? Range { get; init; }
    [Id(1)] public string? Search { get; init; }
    [Id(2)] public StringFilter? Name { get; init; }
    [Id(3)] public StringFilter? Environment { get; init; }
    [Id(4)] public StringFilter? UserId { get; init; }
    [Id(5)] public StringFilter? SessionId { get; init; }
    [Id(6)] public IReadOnlyList<string>? Tags { get; init; }
    [Id(7)] public StringFilter? Model { get; init; }
    [Id(8)] public StringFilter? Provider { get; init; }
    [Id(9)] public StringFilter? Tool { get; init; }
    [Id(10)] public string? PromptName { get; init; }
    [Id(11)] public int? PromptVersion { get; init; }
    [Id(12)] public SpanStatus? Status { get; init; }
    [Id(13)] public FloatFilter? DurationMs { get; init; }
    [Id(14)] public FloatFilter? CostUsd { get; init; }
    [Id(15)] public FloatFilter? TotalTokens { get; init; }

    /// <summary>Known to other slices: a shard finds what it comes to in <see cref="TraceScope.Resolved"/>, wherever in the filter it stands.</summary>
    [Id(16)] public VerdictFilter? Verdict { get; init; }

    /// <inheritdoc cref="Verdict"/>
    [Id(17)] public string? InReviewQueue { get; init; }

    /// <inheritdoc cref="Verdict"/>
    [Id(18)] public string? InDataset { get; init; }
    [Id(19)] public IReadOnlyList<TraceFilter>? And { get; init; }
    [Id(20)] public IReadOnlyList<TraceFilter>? Or { get; init; }
    [Id(21)] public TraceFilter? Not { get; init; }
    [Id(22)] public IReadOnlyList<string>? TraceIds { get; init; }
    [Id(23)] public IReadOnlyList<string>? SpanIds { get; init; }
}

/// <summary>Which traces, with the conditions that other parts of the product know resolved to trace ids.</summary>
[GenerateSerializer, Alias("TraceScope"), Immutable]
public sealed record TraceScope
{
    [Id(0)] public TraceFilter? Where { get; init; }

    /// <summary>Only these traces; null for all.</summary>
    [Id(1)] public IReadOnlyList<string>? Only { get; init; }

    /// <summary>As if these did not exist: what the asker is blinded to.</summary>
    [Id(2)] public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>One for each condition of <see cref="Where"/> that other slices know.</summary>
    [Id(3)] public IReadOnlyList<ResolvedCondition> Resolved { get; init; } = [];
}

/// <summary>The traces for which a condition holds that other slices know; one of the three is set.</summary>
[GenerateSerializer, Alias("ResolvedCondition"), Immutable]
public sealed record ResolvedCondition
{
    [Id(0)] public VerdictFilter? Verdict { get; init; }
    [Id(1)] public string? InReviewQueue { get; init; }
    [Id(2)] public string? InDataset { get; init; }
    [Id(3)] public required IReadOnlyList<string> TraceIds { get; init; }

    /// <summary>It holds for all traces but these.</summary>
    [Id(4)] public bool AllBut { get; init; }
}

/// <summary>Which spans: input SpanFilter.</summary>
[GenerateSerializer, Alias("SpanFilter"), Immutable]
public sealed record SpanFilter : ICommonFilter
{
    [Id(0)] public TimeRange? Range { get; init; }
    [Id(1)] public string? Search { get; init; }
    [Id(2)] public IReadOnlyList<SpanKind>? Kinds { get; init; }
    [Id(3)] public StringFilter? Name { get; init; }
    [Id(4)] public StringFilter? Environment { get; init; }
    [Id(5)] public StringFilter? UserId { get; init; }
    [Id(6)] public StringFilter? SessionId { get; init; }
    [Id(7)] public IReadOnlyList<string>? Tags { get; init; }
    [Id(8)] public StringFilter? Model { get; init; }
    [Id(9)] public StringFilter? Provider { get; init; }
    [Id(10)] public StringFilter? Tool { get; init; }
    [Id(11)] public string? PromptName { get; init; }
    [Id(12)] public int? PromptVersion { get; init; }
    [Id(13)] public SpanStatus? Status { get; init; }
    [Id(14)] public FloatFilter? DurationMs { get; init; }
    [Id(15)] public FloatFilter? CostUsd { get; init; }
    [Id(16)] public FloatFilter? TotalTokens { get; init; }
    [Id(17)] public IReadOnlyList<AttributeFilter>? Attributes { get; init; }
    [Id(18)] public IReadOnlyList<SpanFilter>? And { get; init; }
    [Id(19)] public IReadOnlyList<SpanFilter>? Or { get; init; }
    [Id(20)] public SpanFilter? Not { get; init; }
    [Id(21)] public IReadOnlyList<string>? TraceIds { get; init; }
    [Id(22)] public IReadOnlyList<string>? SpanIds { get; init; }
}

/// <summary>How traces are ordered: input TraceOrder.</summary>
[GenerateSerializer, Alias("TraceOrder"), Immutable]
public sealed record TraceOrder([property: Id(0)] TraceOrderField Field, [property: Id(1)] OrderDirection Direction);
