namespace Plumbline.Contracts.Traces;

/// <summary>What a trace shows to somebody who may not see contents: its shape, its numbers, and nothing anybody wrote. What is named here
/// is shown; a member that is new is not, until somebody decides that it may be: a test wants it named here or marked
/// <see cref="ContentAttribute"/>.</summary>
public static class ContentRedaction
{
    public static TraceView Of(TraceView trace) => new()
    {
        ContentHidden = true,
        ScoresHidden = trace.ScoresHidden,
        Project = trace.Project,
        TraceId = trace.TraceId,
        Name = trace.Name,
        StartUnixNano = trace.StartUnixNano,
        DurationMs = trace.DurationMs,
        Status = trace.Status,
        Environment = trace.Environment,
        SessionId = trace.SessionId,
        UserId = trace.UserId,
        Tags = trace.Tags,
        SpanCount = trace.SpanCount,
        ErrorCount = trace.ErrorCount,
        Tokens = trace.Tokens,
        CostUsd = trace.CostUsd,
        Models = trace.Models,
    };

    public static SpanView Of(SpanView span) => new()
    {
        ContentHidden = true,
        Project = span.Project,
        TraceId = span.TraceId,
        SpanId = span.SpanId,
        ParentSpanId = span.ParentSpanId,
        Name = span.Name,
        Kind = span.Kind,
        StartUnixNano = span.StartUnixNano,
        DurationMs = span.DurationMs,
        TimeToFirstTokenMs = span.TimeToFirstTokenMs,
        Status = span.Status,
        ServiceName = span.ServiceName,
        Environment = span.Environment,
        Provider = span.Provider,
        Model = span.Model,
        ParametersJson = span.ParametersJson,
        Tokens = span.Tokens,
        CostUsd = span.CostUsd,
        FinishReasons = span.FinishReasons,
        SessionId = span.SessionId,
        UserId = span.UserId,
        Tags = span.Tags,
        PromptName = span.PromptName,
        PromptVersion = span.PromptVersion,
        ToolName = span.ToolName,
        Warnings = span.Warnings,
    };
}
