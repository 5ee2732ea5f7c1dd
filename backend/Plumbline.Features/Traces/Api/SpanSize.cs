using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>What a span takes while an answer is made, by its texts that can be long.</summary>
internal static class SpanSize
{
    private const int Rest = 1_000;

    public static long Of(SpanView span) => Rest + 2L * (Length(span.InputMessagesJson) + Length(span.OutputMessagesJson) + Length(span.Input)
        + Length(span.Output) + Length(span.ToolsJson) + Length(span.DocumentsJson) + Length(span.AttributesJson) + Length(span.EventsJson)
        + Length(span.LinksJson) + span.Logs.Sum(log => (long)log.Length));

    private static long Length(string? text) => text?.Length ?? 0;
}
