using System.Collections.Immutable;

namespace Plumbline.Contracts.Traces;

/// <summary>Token sums: type TokenUsage. Input holds the cached ones.</summary>
[GenerateSerializer, Alias("TokenUsage"), Immutable]
public sealed record TokenUsage(
    [property: Id(0)] long Input,
    [property: Id(1)] long Output,
    [property: Id(2)] long Total,
    [property: Id(3)] long? CachedInput,
    [property: Id(4)] long? Reasoning);

/// <summary>A trace without its spans, as the API shows it: type Trace. Fields of other slices take it as their parent.</summary>
[GenerateSerializer, Alias("TraceView"), Immutable]
public sealed record TraceView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    [Id(1)] public required string TraceId { get; init; }
    [Id(2)] public required string Name { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    [Id(3)] public required long StartUnixNano { get; init; }
    [Id(4)] public required double DurationMs { get; init; }
    [Id(5)] public required SpanStatus Status { get; init; }
    [Id(6)] public string? Environment { get; init; }
    [Id(7)] public string? SessionId { get; init; }
    [Id(8)] public string? UserId { get; init; }
    [Id(9)] public ImmutableArray<string> Tags { get; init; } = [];
    [Id(10)] public required int SpanCount { get; init; }
    [Id(11)] public required int ErrorCount { get; init; }
    [Id(12)] public required TokenUsage Tokens { get; init; }

    /// <summary>Null when no model call of the trace has a known price.</summary>
    [Id(13)] public decimal? CostUsd { get; init; }
    [Id(14)] public ImmutableArray<string> Models { get; init; } = [];
    [Id(15), Content] public string? InputPreview { get; init; }
    [Id(16), Content] public string? OutputPreview { get; init; }

    /// <summary>The asker may not see contents: messages, inputs, outputs and attributes are left out.</summary>
    [Id(17)] public bool ContentHidden { get; init; }

    /// <summary>The asker is still to judge an output of the trace: what evaluators said of it is left out, and counts in none of the figures.</summary>
    [Id(18)] public bool ScoresHidden { get; init; }

    public string Id => NodeId.Format(NodeKinds.Trace, Project, TraceId);
}

/// <summary>One span as the API shows it: type Span. JSON is carried as text.</summary>
[GenerateSerializer, Alias("SpanView"), Immutable]
public sealed record SpanView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    [Id(1)] public required string TraceId { get; init; }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    [Id(2)] public required string SpanId { get; init; }
    [Id(3)] public string? ParentSpanId { get; init; }
    [Id(4)] public required string Name { get; init; }
    [Id(5)] public required SpanKind Kind { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    [Id(6)] public required long StartUnixNano { get; init; }
    [Id(7)] public required double DurationMs { get; init; }
    [Id(8)] public double? TimeToFirstTokenMs { get; init; }
    [Id(9)] public required SpanStatus Status { get; init; }
    [Id(10), Content] public string? StatusMessage { get; init; }
    [Id(11)] public string? ServiceName { get; init; }
    [Id(12)] public string? Environment { get; init; }
    [Id(13)] public string? Provider { get; init; }
    [Id(14)] public string? Model { get; init; }
    [Id(15)] public string? ParametersJson { get; init; }

    /// <summary><c>[{role, name?, parts: [{type, …}], finish_reason?}]</c>.</summary>
    [Id(16), Content] public string? InputMessagesJson { get; init; }

    /// <inheritdoc cref="InputMessagesJson"/>
    [Id(17), Content] public string? OutputMessagesJson { get; init; }
    [Id(18), Content] public string? Input { get; init; }
    [Id(19), Content] public string? Output { get; init; }
    [Id(20), Content] public string? ToolsJson { get; init; }
    [Id(21), Content] public string? DocumentsJson { get; init; }

    /// <summary>Null when the span has no token counts.</summary>
    [Id(22)] public TokenUsage? Tokens { get; init; }
    [Id(23)] public decimal? CostUsd { get; init; }
    [Id(24)] public ImmutableArray<string>? FinishReasons { get; init; }
    [Id(25)] public string? SessionId { get; init; }
    [Id(26)] public string? UserId { get; init; }
    [Id(27)] public ImmutableArray<string> Tags { get; init; } = [];
    [Id(28)] public string? PromptName { get; init; }

    /// <summary>As sent; versions of prompts kept here are decimal numbers.</summary>
    [Id(29)] public string? PromptVersion { get; init; }
    [Id(30)] public string? ToolName { get; init; }

    /// <summary>A JSON object: every attribute as it came.</summary>
    [Id(31), Content] public string? AttributesJson { get; init; }
    [Id(32), Content] public string? EventsJson { get; init; }
    [Id(33), Content] public string? LinksJson { get; init; }
    [Id(34)] public ImmutableArray<string> Warnings { get; init; } = [];

    /// <inheritdoc cref="TraceView.ContentHidden"/>
    [Id(35)] public bool ContentHidden { get; init; }

    /// <summary>Log records that name the span, by time, as JSON objects: time, severity, name, body, attributes.</summary>
    [Id(36), Content] public ImmutableArray<string> Logs { get; init; } = [];

    public string Id => NodeId.Format(NodeKinds.Span, Project, $"{TraceId}/{SpanId}");
}

/// <summary>A trace with its spans, by start.</summary>
[GenerateSerializer, Alias("TraceDetail"), Immutable]
public sealed record TraceDetail([property: Id(0)] TraceView Trace, [property: Id(1)] ImmutableArray<SpanView> Spans);

/// <summary>The traces that share a session id: type Session.</summary>
[GenerateSerializer, Alias("SessionView"), Immutable]
public sealed record SessionView
{
    [Id(0)] public required ProjectKey Project { get; init; }
    [Id(1)] public required string SessionId { get; init; }
    [Id(2)] public string? UserId { get; init; }
    [Id(3)] public required long FirstSeenUnixNano { get; init; }
    [Id(4)] public required long LastSeenUnixNano { get; init; }
    [Id(5)] public required int TraceCount { get; init; }
    [Id(6)] public required TokenUsage Tokens { get; init; }
    [Id(7)] public decimal? CostUsd { get; init; }
}

/// <summary>One bucket of one group, as one shard knows it; shards hold different traces, so rows can be added.</summary>
[GenerateSerializer, Alias("StatsPart"), Immutable]
public sealed record StatsPart
{
    [Id(0)] public long? BucketStartUnixNano { get; init; }
    [Id(1)] public ImmutableArray<string> Group { get; init; } = [];
    [Id(2)] public long Spans { get; init; }
    [Id(3)] public long Traces { get; init; }
    [Id(4)] public long Errors { get; init; }
    [Id(5)] public required TokenUsage Tokens { get; init; }
    [Id(6)] public decimal? CostUsd { get; init; }
    [Id(7)] public long UnpricedSpans { get; init; }
    [Id(8)] public required SketchPart Duration { get; init; }
    [Id(9)] public required SketchPart TimeToFirstToken { get; init; }
}

/// <summary>A quantile sketch on its way: bucket numbers and counts in turn, nanoseconds.</summary>
[GenerateSerializer, Alias("SketchPart"), Immutable]
public sealed record SketchPart([property: Id(0)] ImmutableArray<int> Buckets, [property: Id(1)] double Sum, [property: Id(2)] long Max);
