namespace Plumbline.Contracts.Reviews;

/// <summary>A span by its ids, lower-case hexadecimal.</summary>
[GenerateSerializer, Alias("SpanReference"), Immutable]
public readonly record struct SpanReference([property: Id(0)] string TraceId, [property: Id(1)] string SpanId);
