using System.Text.Json;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Json;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("Span")]
internal sealed class SpanResolvers
{
    private static readonly RawJson Nothing = RawJson.FromText("{}")!.Value;

    public Timestamp StartTime([Parent] SpanView span) => new(span.StartUnixNano);

    public Task<PromptVersionView?> PromptVersion([Parent] SpanView span, PromptVersionLoader versions) =>
        versions.FindAsync(span.Project, span.PromptName, span.PromptVersion);

    public RawJson? Parameters([Parent] SpanView span) => RawJson.FromText(span.ParametersJson);

    public Task<IReadOnlyList<Message>?> InputMessages([Parent] SpanView span, SeenLoader seen) =>
        SeenAsync(span, seen, () => MessageReader.Read(span.InputMessagesJson, "user"));

    public Task<IReadOnlyList<Message>?> OutputMessages([Parent] SpanView span, SeenLoader seen) =>
        SeenAsync(span, seen, () => MessageReader.Read(span.OutputMessagesJson, "assistant"));

    public Task<string?> Input([Parent] SpanView span, SeenLoader seen) => SeenAsync(span, seen, () => span.Input);

    public Task<string?> Output([Parent] SpanView span, SeenLoader seen) => SeenAsync(span, seen, () => span.Output);

    public IReadOnlyList<ToolDefinition>? Tools([Parent] SpanView span) => ToolDefinition.Read(span.ToolsJson);

    public IReadOnlyList<RetrievedDocument>? Documents([Parent] SpanView span) => RetrievedDocument.Read(span.DocumentsJson);

    public async Task<RawJson> Attributes([Parent] SpanView span, SeenLoader seen)
    {
        await seen.ListAsync(span.Project, span.TraceId); // messages are among them
        return RawJson.FromText(span.AttributesJson) ?? Nothing;
    }

    public IReadOnlyList<EventView> Events([Parent] SpanView span) => JsonList.Of(span.EventsJson, e => new EventView(
        JsonList.Text(e, "name") ?? "", new Timestamp(e.TryGetProperty("time", out var time)
            && time.TryGetInt64(out var nanos) ? nanos : 0), JsonList.Raw(e, "attributes") ?? Nothing)) ?? [];

    public async Task<IReadOnlyList<LogView>> Logs([Parent] SpanView span, SeenLoader seen)
    {
        if (span.Logs.IsEmpty) return [];
        await seen.ListAsync(span.Project, span.TraceId); // a log may quote what was answered
        return [.. span.Logs.SelectMany(log => JsonList.Of($"[{log}]", Log) ?? [])];
    }

    public IReadOnlyList<LinkView> Links([Parent] SpanView span) => JsonList.Of(span.LinksJson, e => new LinkView(
        JsonList.Text(e, "traceId") ?? "", JsonList.Text(e, "spanId") ?? "", JsonList.Raw(e, "attributes") ?? Nothing)) ?? [];

    private static LogView Log(JsonElement log) => new(
        new Timestamp(log.TryGetProperty("time", out var time) && time.TryGetInt64(out var nanos) ? nanos : 0), JsonList.Text(log, "severity"),
        JsonList.Text(log, "name"), JsonList.Raw(log, "body"), JsonList.Raw(log, "attributes") ?? Nothing);

    private static async Task<T?> SeenAsync<T>(SpanView span, SeenLoader seen, Func<T?> content) where T : class
    {
        await seen.ListAsync(span.Project, span.TraceId);
        return content();
    }
}

/// <summary>Type SpanEvent.</summary>
internal sealed record EventView(string Name, Timestamp Time, RawJson Attributes);

/// <summary>Type SpanLog.</summary>
internal sealed record LogView(Timestamp Time, string? Severity, string? EventName, RawJson? Body, RawJson Attributes);

/// <summary>Type SpanLink.</summary>
internal sealed record LinkView(string TraceId, string SpanId, RawJson Attributes);
