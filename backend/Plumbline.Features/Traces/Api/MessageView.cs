using System.Text;
using System.Text.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

/// <summary>Type Message.</summary>
internal sealed record MessageView(string Role, string? Name, IReadOnlyList<object> Parts, string Text)
{
    public static IReadOnlyList<MessageView>? List(string? json) => JsonList.Of(json, m =>
    {
        object[] parts = m.TryGetProperty("parts", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(PartViews.Of)] : [];
        return new MessageView(JsonList.Text(m, "role") ?? "", JsonList.Text(m, "name"), parts, string.Join('\n', parts.OfType<TextPart>().Select(p => p.Text)));
    });
}

internal sealed record TextPart(string Text);

internal sealed record ImagePart(string? Url, string? MimeType);

internal sealed record ToolCallPart(string? Id, string Name, RawJson? Arguments);

internal sealed record ToolResultPart(string? Id, RawJson? Result);

internal sealed record ReasoningPart(string Text);

internal sealed record OtherPart(string Kind, RawJson? Content);

/// <summary>The members of the union MessagePart.</summary>
internal static class PartViews
{
    public static object Of(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object) return new OtherPart("json", Whole(part));
        return JsonList.Text(part, "type") switch
        {
            "text" => new TextPart(JsonList.Text(part, "content") ?? ""),
            "reasoning" => new ReasoningPart(JsonList.Text(part, "content") ?? ""),
            "tool_call" => new ToolCallPart(JsonList.Text(part, "id"), JsonList.Text(part, "name") ?? "", JsonList.Raw(part, "arguments")),
            "tool_call_response" => new ToolResultPart(JsonList.Text(part, "id"), JsonList.Raw(part, "response")),
            "uri" when IsImage(part) => new ImagePart(JsonList.Text(part, "uri"), JsonList.Text(part, "mime_type")),
            "blob" when IsImage(part) => new ImagePart($"data:{JsonList.Text(part, "mime_type") ?? "image/png"};base64,{JsonList.Text(part, "content")}", JsonList.Text(part, "mime_type")),
            var other => new OtherPart(other ?? "json", Whole(part)),
        };
    }

    private static bool IsImage(JsonElement part) =>
        JsonList.Text(part, "modality") == "image" || JsonList.Text(part, "mime_type")?.StartsWith("image/", StringComparison.Ordinal) == true;

    private static RawJson Whole(JsonElement part) => new(Encoding.UTF8.GetBytes(part.GetRawText()));
}
