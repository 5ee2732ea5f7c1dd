using System.Runtime.InteropServices;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Shows what the store holds in the API's words: hexadecimal ids, milliseconds, dollars.</summary>
internal static class ShardViews
{
    private const double NanosPerMillisecond = 1e6;
    private const decimal PicoPerDollar = 1_000_000_000_000m;

    public static TraceView Of(ProjectKey project, TraceSummary t) => new()
    {
        Project = project,
        TraceId = t.TraceId.ToString(),
        Name = t.Name,
        StartUnixNano = t.StartUnixNano,
        DurationMs = t.DurationNano / NanosPerMillisecond,
        Status = (SpanStatus)(int)t.Status,
        Environment = t.Environment,
        SessionId = t.SessionId,
        UserId = t.UserId,
        Tags = [.. t.Tags],
        SpanCount = t.SpanCount,
        ErrorCount = t.ErrorCount,
        Tokens = Of(t.Tokens),
        CostUsd = Dollars(t.Cost),
        Models = [.. t.Models],
        InputPreview = t.InputPreview,
        OutputPreview = t.OutputPreview,
    };

    public static SpanView Of(ProjectKey project, SpanRecord s) => new()
    {
        Project = project,
        TraceId = s.TraceId.ToString(),
        SpanId = s.SpanId.ToString(),
        ParentSpanId = s.ParentSpanId.IsEmpty ? null : s.ParentSpanId.ToString(),
        Name = s.Name ?? "",
        Kind = Kinds.ToApi(s.Kind),
        StartUnixNano = s.StartUnixNano,
        DurationMs = s.DurationNano / NanosPerMillisecond,
        TimeToFirstTokenMs = s.TimeToFirstTokenNano / NanosPerMillisecond,
        Status = (SpanStatus)(int)s.Status,
        StatusMessage = s.StatusMessage,
        ServiceName = s.ServiceName,
        Environment = s.Environment,
        Provider = s.Provider,
        Model = s.Model,
        ParametersJson = s.ParametersJson,
        InputMessagesJson = s.InputMessagesJson,
        OutputMessagesJson = s.OutputMessagesJson,
        Input = s.Input,
        Output = s.Output,
        ToolsJson = s.ToolsJson,
        DocumentsJson = s.DocumentsJson,
        Tokens = Tokens(s),
        CostUsd = Dollars(s.Cost),
        FinishReasons = s.FinishReasons.Count == 0 ? null : [.. s.FinishReasons],
        SessionId = s.SessionId,
        UserId = s.UserId,
        Tags = [.. s.Tags],
        PromptName = s.PromptName,
        PromptVersion = s.PromptVersion,
        ToolName = s.ToolName,
        AttributesJson = s.AttributesJson,
        EventsJson = s.EventsJson,
        LinksJson = s.LinksJson,
        Warnings = [.. s.Warnings],
        Logs = [.. LogOrder.Of(s.Logs)],
    };

    public static SessionView Of(ProjectKey project, SessionSummary s) => new()
    {
        Project = project,
        SessionId = s.SessionId,
        UserId = s.UserId,
        FirstSeenUnixNano = s.FirstSeenUnixNano,
        LastSeenUnixNano = s.LastSeenUnixNano,
        TraceCount = s.TraceCount,
        Tokens = Of(s.Tokens),
        CostUsd = Dollars(s.Cost),
    };

    public static StatsPart Of(StatsRow row) => new()
    {
        BucketStartUnixNano = row.BucketStartUnixNano,
        Group = [.. row.Group],
        Spans = row.Spans,
        Traces = row.Traces,
        Errors = row.Errors,
        Tokens = Of(row.Tokens),
        CostUsd = row.Cost is { } cost ? (decimal)cost / PicoPerDollar : null,
        UnpricedSpans = row.UnpricedSpans,
        Duration = Of(row.Duration),
        TimeToFirstToken = Of(row.TimeToFirstToken),
    };

    private static SketchPart Of(QuantileSketch sketch) => new(ImmutableCollectionsMarshal.AsImmutableArray(sketch.ToBuckets()), sketch.Sum, sketch.Max);

    private static TokenUsage Of(TokenSums sums) => new(sums.Input, sums.Output, sums.Total, sums.CachedInput, sums.Reasoning);

    private static TokenUsage? Tokens(SpanRecord s) => s.InputTokens is null && s.OutputTokens is null && s.TotalTokens is null ? null
        : new(s.InputTokens ?? 0, s.OutputTokens ?? 0, s.TotalTokens ?? (s.InputTokens ?? 0) + (s.OutputTokens ?? 0), s.CachedInputTokens, s.ReasoningTokens);

    private static decimal? Dollars(long? pico) => pico / PicoPerDollar;
}
