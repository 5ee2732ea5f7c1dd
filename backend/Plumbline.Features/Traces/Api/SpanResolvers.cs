using System.Text.Json;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("Span")]
internal sealed class SpanResolvers
{
    private static readonly RawJson Nothing = RawJson.FromText("{}")!.Value;

    public Timestamp StartTime([Parent] SpanView span) => new(span.StartUnixNano);

    public Task<PromptVersionView?> PromptVersion([Parent] SpanView span, PromptVersionLoader versions) => versions.FindAsync(span.Project, span.PromptName, span.PromptVersion);

    public RawJson? Parameters([Parent] SpanView span) => RawJson.FromText(span.ParametersJson);

    public IReadOnlyList<MessageView>? InputMessages([Parent] SpanView span) => MessageView.List(span.InputMessagesJson);

    public IReadOnlyList<MessageView>? OutputMessages([Parent] SpanView span) => MessageView.List(span.OutputMessagesJson);

    public IReadOnlyList<ToolDefinitionView>? Tools([Parent] SpanView span) => ToolDefinitionView.List(span.ToolsJson);

    public IReadOnlyList<DocumentView>? Documents([Parent] SpanView span) => DocumentView.List(span.DocumentsJson);

    public RawJson Attributes([Parent] SpanView span) => RawJson.FromText(span.AttributesJson) ?? Nothing;

    public IReadOnlyList<EventView> Events([Parent] SpanView span) => JsonList.Of(span.EventsJson, e => new EventView(
        JsonList.Text(e, "name") ?? "", new Timestamp(e.TryGetProperty("time", out var time) && time.TryGetInt64(out var nanos) ? nanos : 0), JsonList.Raw(e, "attributes") ?? Nothing)) ?? [];

    public IReadOnlyList<LinkView> Links([Parent] SpanView span) => JsonList.Of(span.LinksJson, e => new LinkView(
        JsonList.Text(e, "traceId") ?? "", JsonList.Text(e, "spanId") ?? "", JsonList.Raw(e, "attributes") ?? Nothing)) ?? [];
}

/// <summary>Type SpanEvent.</summary>
internal sealed record EventView(string Name, Timestamp Time, RawJson Attributes);

/// <summary>Type SpanLink.</summary>
internal sealed record LinkView(string TraceId, string SpanId, RawJson Attributes);

/// <summary>Type ToolDefinition.</summary>
internal sealed record ToolDefinitionView(string Name, string? Description, RawJson? Parameters)
{
    /// <summary>Tools in the standard's form, or wrapped as OpenAI's API has them.</summary>
    public static IReadOnlyList<ToolDefinitionView>? List(string? json) => JsonList.Of(json, tool =>
    {
        var inner = tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : tool;
        var schema = JsonList.Raw(inner, "parameters") ?? JsonList.Raw(inner, "input_schema") ?? JsonList.Raw(inner, "inputSchema");
        return new ToolDefinitionView(JsonList.Text(inner, "name") ?? "", JsonList.Text(inner, "description"), schema);
    });
}

/// <summary>Type RetrievedDocument.</summary>
internal sealed record DocumentView(string? Id, double? Score, string? Content, RawJson? Metadata)
{
    public static IReadOnlyList<DocumentView>? List(string? json) => JsonList.Of(json, d => new DocumentView(
        JsonList.Text(d, "id"), d.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null,
        JsonList.Text(d, "content") ?? JsonList.Text(d, "text"), JsonList.Raw(d, "metadata")));
}
