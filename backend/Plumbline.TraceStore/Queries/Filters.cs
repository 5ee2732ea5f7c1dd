namespace Plumbline.TraceStore;

/// <summary>Nanoseconds since 1970, from (inclusive) to (exclusive).</summary>
public readonly record struct TimeRange(long FromUnixNano, long ToUnixNano)
{
    /// <summary>Everything.</summary>
    public static TimeRange All { get; } = new(long.MinValue, long.MaxValue);

    internal bool Contains(long unixNano) => unixNano >= FromUnixNano && unixNano < ToUnixNano;
}

/// <summary>Conditions on one text, all of which must hold. <see cref="Eq"/>, <see cref="In"/> and <see cref="NotIn"/> compare bytes;
/// <see cref="Contains"/> and <see cref="StartsWith"/> ignore case. An absent text passes <see cref="NotIn"/> alone.</summary>
public sealed record StringFilter
{
    public string? Eq { get; init; }
    public IReadOnlyList<string>? In { get; init; }
    public IReadOnlyList<string>? NotIn { get; init; }
    public string? Contains { get; init; }
    public string? StartsWith { get; init; }
}

/// <summary>Bounds, both inclusive. An absent number passes neither.</summary>
public sealed record FloatFilter
{
    public double? Gte { get; init; }
    public double? Lte { get; init; }
}

/// <summary>A condition on a raw attribute of the span or its resource, by key. The value is compared as text: strings as they are, other values as JSON.</summary>
public sealed record AttributeFilter
{
    public required string Key { get; init; }
    public string? Eq { get; init; }

    /// <summary>Whether the attribute must be there (true) or missing (false); with <see cref="Eq"/> null and this null, it must be there.</summary>
    public bool? Exists { get; init; }
}

/// <summary>Which traces. All conditions of one filter must hold; null and empty lists ask for nothing.</summary>
public sealed record TraceFilter
{
    /// <summary>The trace starts in it.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>A span's name, input or output holds this text, ignoring case.</summary>
    public string? Search { get; init; }
    public StringFilter? Name { get; init; }
    public StringFilter? Environment { get; init; }
    public StringFilter? UserId { get; init; }
    public StringFilter? SessionId { get; init; }

    /// <summary>The trace has all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>One span of the trace meets the conditions; of the values in <see cref="StringFilter.NotIn"/>, no span has any.</summary>
    public StringFilter? Model { get; init; }

    /// <inheritdoc cref="Model"/>
    public StringFilter? Provider { get; init; }

    /// <inheritdoc cref="Model"/>
    public StringFilter? Tool { get; init; }

    /// <summary>A span was made by this prompt; with <see cref="PromptVersion"/>, by that version of it.</summary>
    public string? PromptName { get; init; }
    public int? PromptVersion { get; init; }

    /// <summary>The trace holds a span of one of these kinds.</summary>
    public IReadOnlyList<SpanKind>? Kinds { get; init; }
    public SpanStatus? Status { get; init; }
    public FloatFilter? DurationMs { get; init; }
    public FloatFilter? CostUsd { get; init; }
    public FloatFilter? TotalTokens { get; init; }

    /// <summary>Only these traces: how conditions that other parts of the product know (queues, datasets, verdicts) come in.</summary>
    public IReadOnlyCollection<TraceId>? TraceIds { get; init; }
    public IReadOnlyList<TraceFilter>? And { get; init; }
    public IReadOnlyList<TraceFilter>? Or { get; init; }
    public TraceFilter? Not { get; init; }
}

/// <summary>Which spans. All conditions of one filter must hold; null and empty lists ask for nothing.</summary>
public sealed record SpanFilter
{
    /// <summary>The span starts in it.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>Name, input or output holds this text, ignoring case.</summary>
    public string? Search { get; init; }
    public IReadOnlyList<SpanKind>? Kinds { get; init; }
    public StringFilter? Name { get; init; }
    public StringFilter? Environment { get; init; }
    public StringFilter? UserId { get; init; }
    public StringFilter? SessionId { get; init; }

    /// <summary>The span has all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    public StringFilter? Model { get; init; }
    public StringFilter? Provider { get; init; }
    public StringFilter? Tool { get; init; }
    public string? PromptName { get; init; }
    public int? PromptVersion { get; init; }
    public SpanStatus? Status { get; init; }
    public FloatFilter? DurationMs { get; init; }
    public FloatFilter? CostUsd { get; init; }
    public FloatFilter? TotalTokens { get; init; }

    /// <summary>All of them hold.</summary>
    public IReadOnlyList<AttributeFilter>? Attributes { get; init; }

    /// <summary>Only spans of these traces.</summary>
    public IReadOnlyCollection<TraceId>? TraceIds { get; init; }
    public IReadOnlyList<SpanFilter>? And { get; init; }
    public IReadOnlyList<SpanFilter>? Or { get; init; }
    public SpanFilter? Not { get; init; }
}
