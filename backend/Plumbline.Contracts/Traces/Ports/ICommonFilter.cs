namespace Plumbline.Contracts.Traces;

/// <summary>What both <see cref="TraceFilter"/> and <see cref="SpanFilter"/> ask for.</summary>
public interface ICommonFilter
{
    TimeRange? Range { get; }

    string? Search { get; }

    StringFilter? Name { get; }

    StringFilter? Environment { get; }

    StringFilter? UserId { get; }

    StringFilter? SessionId { get; }

    IReadOnlyList<string>? Tags { get; }

    StringFilter? Model { get; }

    StringFilter? Provider { get; }

    StringFilter? Tool { get; }

    string? PromptName { get; }

    int? PromptVersion { get; }

    SpanStatus? Status { get; }

    FloatFilter? DurationMs { get; }

    FloatFilter? CostUsd { get; }

    FloatFilter? TotalTokens { get; }

    /// <summary>All conditions on texts.</summary>
    IEnumerable<StringFilter?> Texts => [Name, Environment, UserId, SessionId, Model, Provider, Tool];

    /// <summary>As SDKs print them, 32 hexadecimal digits.</summary>
    IReadOnlyList<string>? TraceIds { get; }

    /// <summary>As SDKs print them, 16 hexadecimal digits. One may be that of spans in several traces.</summary>
    IReadOnlyList<string>? SpanIds { get; }
}
