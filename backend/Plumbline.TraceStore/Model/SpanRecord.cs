using System.Text;

namespace Plumbline.TraceStore;

/// <summary>One span as an object: for reads, tests and slow paths; <see cref="SpanBatch"/> is the fast form. Null means unknown.</summary>
public sealed record SpanRecord
{
    public required TraceId TraceId { get; init; }
    public required SpanId SpanId { get; init; }

    /// <summary>Empty for a root.</summary>
    public SpanId ParentSpanId { get; init; }
    public StoredKind Kind { get; init; }
    public StoredStatus Status { get; init; }
    public UsageConvention Usage { get; init; }

    /// <summary>Nanoseconds since 1970; 0 when unknown.</summary>
    public long StartUnixNano { get; init; }

    /// <summary>Nanoseconds since 1970; 0 when unknown.</summary>
    public long EndUnixNano { get; init; }
    public string? Name { get; init; }
    public string? StatusMessage { get; init; }
    public string? ServiceName { get; init; }
    public string? ScopeName { get; init; }
    public string? Environment { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public string? RequestModel { get; init; }
    public string? Operation { get; init; }
    public string? SessionId { get; init; }
    public string? UserId { get; init; }
    public string? PromptName { get; init; }
    public string? PromptVersion { get; init; }
    public string? ToolName { get; init; }
    public string? Dialect { get; init; }
    public string? TraceName { get; init; }
    public string? ParametersJson { get; init; }
    public string? InputMessagesJson { get; init; }
    public string? OutputMessagesJson { get; init; }
    public string? Input { get; init; }
    public string? Output { get; init; }
    public string? ToolsJson { get; init; }
    public string? DocumentsJson { get; init; }
    public string? AttributesJson { get; init; }
    public string? EventsJson { get; init; }
    public string? LinksJson { get; init; }
    public string? ResourceJson { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> FinishReasons { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A JSON object each.</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }
    public long? TotalTokens { get; init; }
    public long? CachedInputTokens { get; init; }
    public long? CacheWriteTokens { get; init; }
    public long? ReasoningTokens { get; init; }

    /// <summary>Nanoseconds after the start.</summary>
    public long? TimeToFirstTokenNano { get; init; }

    /// <summary>Pico-dollars, as the sender gave it.</summary>
    public long? CostGiven { get; init; }

    /// <summary>Pico-dollars, by the price table or as given.</summary>
    public long? Cost { get; init; }
    public long? MappingVersion { get; init; }

    /// <summary>Nanoseconds from start to end; 0 when one of them is unknown or they are the wrong way round.</summary>
    public long DurationNano => StartUnixNano == 0 || EndUnixNano <= StartUnixNano ? 0 : EndUnixNano - StartUnixNano;

    /// <summary>Makes an object of a span in a batch.</summary>
    public static SpanRecord From(SpanReader span) => new()
    {
        TraceId = span.TraceId,
        SpanId = span.SpanId,
        ParentSpanId = span.ParentSpanId,
        Kind = span.Kind,
        Status = span.Status,
        Usage = span.Usage,
        StartUnixNano = span.StartUnixNano,
        EndUnixNano = span.EndUnixNano,
        Name = span.String(SpanText.Name),
        StatusMessage = span.String(SpanText.StatusMessage),
        ServiceName = span.String(SpanText.ServiceName),
        ScopeName = span.String(SpanText.ScopeName),
        Environment = span.String(SpanText.Environment),
        Provider = span.String(SpanText.Provider),
        Model = span.String(SpanText.Model),
        RequestModel = span.String(SpanText.RequestModel),
        Operation = span.String(SpanText.Operation),
        SessionId = span.String(SpanText.SessionId),
        UserId = span.String(SpanText.UserId),
        PromptName = span.String(SpanText.PromptName),
        PromptVersion = span.String(SpanText.PromptVersion),
        ToolName = span.String(SpanText.ToolName),
        Dialect = span.String(SpanText.Dialect),
        TraceName = span.String(SpanText.TraceName),
        ParametersJson = span.String(SpanText.Parameters),
        InputMessagesJson = span.String(SpanText.InputMessages),
        OutputMessagesJson = span.String(SpanText.OutputMessages),
        Input = span.String(SpanText.Input),
        Output = span.String(SpanText.Output),
        ToolsJson = span.String(SpanText.Tools),
        DocumentsJson = span.String(SpanText.Documents),
        AttributesJson = span.String(SpanText.Attributes),
        EventsJson = span.String(SpanText.Events),
        LinksJson = span.String(SpanText.Links),
        ResourceJson = span.String(SpanText.Resource),
        Tags = span.List(SpanList.Tags).ToArray(),
        FinishReasons = span.List(SpanList.FinishReasons).ToArray(),
        Warnings = span.List(SpanList.Warnings).ToArray(),
        Logs = span.List(SpanList.Logs).ToArray(),
        InputTokens = span.Number(SpanNumber.InputTokens),
        OutputTokens = span.Number(SpanNumber.OutputTokens),
        TotalTokens = span.Number(SpanNumber.TotalTokens),
        CachedInputTokens = span.Number(SpanNumber.CachedInputTokens),
        CacheWriteTokens = span.Number(SpanNumber.CacheWriteTokens),
        ReasoningTokens = span.Number(SpanNumber.ReasoningTokens),
        TimeToFirstTokenNano = span.Number(SpanNumber.TimeToFirstToken),
        CostGiven = span.Number(SpanNumber.CostGiven),
        Cost = span.Number(SpanNumber.Cost),
        MappingVersion = span.Number(SpanNumber.MappingVersion),
    };

    internal void WriteTo(SpanBatchWriter writer)
    {
        writer.Begin(TraceId, SpanId, ParentSpanId, Kind, Status, StartUnixNano, EndUnixNano);
        writer.Usage = Usage;
        foreach (var (field, text) in Texts())
        {
            if (text is not null) writer.Set(field, text);
        }
        foreach (var (field, number) in Numbers())
        {
            if (number is { } value) writer.Set(field, value);
        }
        foreach (var tag in Tags) writer.Add(SpanList.Tags, Encoding.UTF8.GetBytes(tag));
        foreach (var reason in FinishReasons) writer.Add(SpanList.FinishReasons, Encoding.UTF8.GetBytes(reason));
        foreach (var warning in Warnings) writer.Add(SpanList.Warnings, Encoding.UTF8.GetBytes(warning));
        foreach (var log in Logs) writer.Add(SpanList.Logs, Encoding.UTF8.GetBytes(log));
        writer.End();
    }

    private (SpanText, string?)[] Texts() =>
    [
        (SpanText.Name, Name), (SpanText.StatusMessage, StatusMessage), (SpanText.ServiceName, ServiceName), (SpanText.ScopeName, ScopeName),
        (SpanText.Environment, Environment), (SpanText.Provider, Provider), (SpanText.Model, Model), (SpanText.RequestModel, RequestModel),
        (SpanText.Operation, Operation), (SpanText.SessionId, SessionId), (SpanText.UserId, UserId), (SpanText.PromptName, PromptName),
        (SpanText.PromptVersion, PromptVersion), (SpanText.ToolName, ToolName), (SpanText.Dialect, Dialect), (SpanText.TraceName, TraceName),
        (SpanText.Parameters, ParametersJson), (SpanText.InputMessages, InputMessagesJson), (SpanText.OutputMessages, OutputMessagesJson),
        (SpanText.Input, Input), (SpanText.Output, Output), (SpanText.Tools, ToolsJson), (SpanText.Documents, DocumentsJson),
        (SpanText.Attributes, AttributesJson), (SpanText.Events, EventsJson), (SpanText.Links, LinksJson), (SpanText.Resource, ResourceJson),
    ];

    private (SpanNumber, long?)[] Numbers() =>
    [
        (SpanNumber.InputTokens, InputTokens), (SpanNumber.OutputTokens, OutputTokens), (SpanNumber.TotalTokens, TotalTokens),
        (SpanNumber.CachedInputTokens, CachedInputTokens), (SpanNumber.CacheWriteTokens, CacheWriteTokens), (SpanNumber.ReasoningTokens, ReasoningTokens),
        (SpanNumber.TimeToFirstToken, TimeToFirstTokenNano), (SpanNumber.CostGiven, CostGiven), (SpanNumber.Cost, Cost),
        (SpanNumber.MappingVersion, MappingVersion),
    ];
}
