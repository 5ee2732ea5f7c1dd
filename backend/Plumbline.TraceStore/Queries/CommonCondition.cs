using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore;

/// <summary>What can be asked of traces and of spans alike. All that one record asks must hold; null and empty lists ask for nothing.</summary>
public abstract record CommonCondition
{
    /// <summary>The trace or span starts in it.</summary>
    public NanoRange? Range { get; init; }

    /// <summary>Name, input or output of the span, or of one span of the trace, holds this text, ignoring case.</summary>
    public string? Search { get; init; }
    public TextCondition? Name { get; init; }
    public TextCondition? Environment { get; init; }
    public TextCondition? UserId { get; init; }
    public TextCondition? SessionId { get; init; }

    /// <summary>The trace or span has all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The span meets the conditions. For traces: one span does; of the values in <see cref="TextCondition.NotIn"/>, no span has any.</summary>
    public TextCondition? Model { get; init; }

    /// <inheritdoc cref="Model"/>
    public TextCondition? Provider { get; init; }

    /// <inheritdoc cref="Model"/>
    public TextCondition? Tool { get; init; }

    /// <summary>The span, or one of the trace, was made by this prompt; with <see cref="PromptVersion"/>, by that version of it.</summary>
    public string? PromptName { get; init; }

    /// <inheritdoc cref="PromptName"/>
    public int? PromptVersion { get; init; }

    /// <summary>The span, or one of the trace, is of one of these kinds.</summary>
    public IReadOnlyList<StoredKind>? Kinds { get; init; }
    public StoredStatus? Status { get; init; }
    public RangeCondition? DurationMs { get; init; }
    public RangeCondition? CostUsd { get; init; }
    public RangeCondition? TotalTokens { get; init; }

    /// <summary>Only these traces, or spans of them: how conditions that other parts of the product know (queues, datasets, verdicts) come in.</summary>
    public IReadOnlyCollection<TraceId>? TraceIds { get; init; }

    /// <summary>Only spans of these ids, or traces that hold one of them. An id may be that of spans in several traces.</summary>
    public IReadOnlyCollection<SpanId>? SpanIds { get; init; }

    /// <summary>Conditions on texts that a trace has, as its spans do.</summary>
    internal (TraceCode Field, TextCondition? Condition)[] TraceTexts =>
        [(TraceCode.Name, Name), (TraceCode.Environment, Environment), (TraceCode.User, UserId), (TraceCode.Session, SessionId)];

    /// <summary>Conditions on texts that only spans have.</summary>
    internal (CodeField Field, TextCondition? Condition)[] SpanTexts => [(CodeField.Model, Model), (CodeField.Provider, Provider), (CodeField.Tool, Tool)];

    /// <summary>All of them, as they are asked of spans.</summary>
    internal IEnumerable<(CodeField Field, TextCondition? Condition)> Texts =>
        TraceTexts.Select(t => (Fields.OfSpan(t.Field)!.Value, t.Condition)).Concat(SpanTexts);
}
