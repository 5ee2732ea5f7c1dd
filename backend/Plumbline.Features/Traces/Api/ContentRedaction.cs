using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>What a span shows to somebody who may not see contents: its shape, its numbers, and nothing anybody wrote.</summary>
internal static class ContentRedaction
{
    public static SpanView Of(SpanView span) => span with
    {
        ContentHidden = true,
        StatusMessage = null,
        InputMessagesJson = null,
        OutputMessagesJson = null,
        Input = null,
        Output = null,
        ToolsJson = null,
        DocumentsJson = null,
        AttributesJson = null,
        EventsJson = null,
        LinksJson = null,
    };
}
