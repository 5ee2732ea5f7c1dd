using System.Text.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Reads the messages and documents of a span for a reviewer.</summary>
internal static class MessageParsing
{
    public static List<SubjectMessage> Messages(string? json, string? text, string role, PayloadBlinding blinding)
    {
        if (json is not null && Array(json) is { Count: > 0 } messages) return messages.ConvertAll(m => Message(m, role, blinding));
        return string.IsNullOrEmpty(text) ? [] : [new SubjectMessage(role, null, [new SubjectText(text)])];
    }

    public static List<SubjectDocument> Documents(string? json, PayloadBlinding blinding) =>
        json is null ? [] : (Array(json) ?? []).ConvertAll(d => new SubjectDocument(blinding.HidesSource ? null : Text(d, "id"), blinding.Score(Number(d, "score")), Text(d, "content"), blinding.Metadata(Member(d, "metadata"))));

    private static SubjectMessage Message(JsonElement message, string role, PayloadBlinding blinding)
    {
        var parts = Member(message, "parts") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(p => Part(p, blinding)).ToList() : [];
        if (parts.Count == 0 && Text(message, "content") is { Length: > 0 } content) parts.Add(new SubjectText(content));
        return new SubjectMessage(Text(message, "role") ?? role, blinding.HidesSource ? null : Text(message, "name"), parts);
    }

    private static ISubjectPart Part(JsonElement part, PayloadBlinding blinding) => Text(part, "type") switch
    {
        "text" => new SubjectText(Text(part, "content") ?? Text(part, "text") ?? ""),
        "reasoning" => new SubjectReasoning(Text(part, "content") ?? Text(part, "text") ?? ""),
        "tool_call" => new SubjectToolCall(blinding.Id(Text(part, "id")), Text(part, "name") ?? "", Json(part, "arguments")),
        "tool_call_response" => new SubjectToolResult(blinding.Id(Text(part, "id")), Json(part, "response") ?? Json(part, "result")),
        "uri" => new SubjectImage(Text(part, "uri") ?? Text(part, "url"), Text(part, "mime_type")),
        "blob" => new SubjectImage($"data:{Text(part, "mime_type") ?? "application/octet-stream"};base64,{Text(part, "content") ?? Text(part, "data")}", Text(part, "mime_type")),
        var kind => blinding.Other(kind ?? "other", part),
    };

    private static List<JsonElement>? Array(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(e => e.Clone())] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    private static double? Number(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static RawJson? Json(JsonElement element, string name) => Member(element, name) is { } value ? RawJson.FromText(value.GetRawText()) : null;
}
