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

/// <summary>What can be asked of traces and of spans alike. All conditions of one filter must hold; null and empty lists ask for nothing.</summary>
public abstract record CommonFilter
{
    /// <summary>The trace or span starts in it.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>Name, input or output of the span, or of one span of the trace, holds this text, ignoring case.</summary>
    public string? Search { get; init; }
    public StringFilter? Name { get; init; }
    public StringFilter? Environment { get; init; }
    public StringFilter? UserId { get; init; }
    public StringFilter? SessionId { get; init; }

    /// <summary>The trace or span has all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The span meets the conditions. For traces: one span does; of the values in <see cref="StringFilter.NotIn"/>, no span has any.</summary>
    public StringFilter? Model { get; init; }

    /// <inheritdoc cref="Model"/>
    public StringFilter? Provider { get; init; }

    /// <inheritdoc cref="Model"/>
    public StringFilter? Tool { get; init; }

    /// <summary>The span, or one of the trace, was made by this prompt; with <see cref="PromptVersion"/>, by that version of it.</summary>
    public string? PromptName { get; init; }

    /// <inheritdoc cref="PromptName"/>
    public int? PromptVersion { get; init; }

    /// <summary>The span, or one of the trace, is of one of these kinds.</summary>
    public IReadOnlyList<SpanKind>? Kinds { get; init; }
    public SpanStatus? Status { get; init; }
    public FloatFilter? DurationMs { get; init; }
    public FloatFilter? CostUsd { get; init; }
    public FloatFilter? TotalTokens { get; init; }

    /// <summary>Only these traces, or spans of them: how conditions that other parts of the product know (queues, datasets, verdicts) come in.</summary>
    public IReadOnlyCollection<TraceId>? TraceIds { get; init; }
}

/// <summary>Which traces.</summary>
public sealed record TraceFilter : CommonFilter
{
    public IReadOnlyList<TraceFilter>? And { get; init; }
    public IReadOnlyList<TraceFilter>? Or { get; init; }
    public TraceFilter? Not { get; init; }
}

/// <summary>Which spans.</summary>
public sealed record SpanFilter : CommonFilter
{
    /// <summary>All of them hold.</summary>
    public IReadOnlyList<AttributeFilter>? Attributes { get; init; }
    public IReadOnlyList<SpanFilter>? And { get; init; }
    public IReadOnlyList<SpanFilter>? Or { get; init; }
    public SpanFilter? Not { get; init; }
}
