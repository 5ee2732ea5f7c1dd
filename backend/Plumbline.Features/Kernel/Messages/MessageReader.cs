using System.Text.Json;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Reads the messages of a span. There is no other reader: developers and reviewers are shown the same message.</summary>
/// <remarks>The form is that of https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-events/, into which telemetry is mapped when it arrives.</remarks>
internal static class MessageReader
{
    /// <summary>The messages; null when there are none, or what there is cannot be read.</summary>
    /// <param name="json">A JSON array of messages.</param>
    /// <param name="role">The role of a message that names none.</param>
    public static IReadOnlyList<Message>? Read(string? json, string role) => JsonList.Of(json, message => ReadMessage(message, role));

    /// <summary>The messages; the span's text as the only one when there are none.</summary>
    public static IReadOnlyList<Message> ReadOrText(string? json, string? text, string role)
    {
        if (Read(json, role) is { Count: > 0 } messages) return messages;
        return string.IsNullOrEmpty(text) ? [] : [new Message(role, null, [new TextPart(text)])];
    }

    private static Message ReadMessage(JsonElement message, string role) =>
        new(JsonList.Text(message, "role") ?? role, JsonList.Text(message, "name"), ReadParts(message));

    private static MessagePart[] ReadParts(JsonElement message)
    {
        if (message.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() > 0)
            return [.. parts.EnumerateArray().Select(ReadPart)];
        return JsonList.Text(message, "content") is { Length: > 0 } content ? [new TextPart(content)] : [];
    }

    private static MessagePart ReadPart(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object) return new OtherPart("json", JsonList.Whole(part));
        return JsonList.Text(part, "type") switch
        {
            "text" => new TextPart(Content(part, "text") ?? ""),
            "reasoning" => new ReasoningPart(Content(part, "text") ?? ""),
            "tool_call" => new ToolCallPart(JsonList.Text(part, "id"), JsonList.Text(part, "name") ?? "", JsonList.Raw(part, "arguments")),
            "tool_call_response" => new ToolResultPart(JsonList.Text(part, "id"), JsonList.Raw(part, "response") ?? JsonList.Raw(part, "result")),
            "uri" when Media.Of(part) is { IsImage: true } or { IsUnsaid: true } => Linked(part),
            "blob" when Media.Of(part).IsImage => Embedded(part),
            var kind => new OtherPart(kind ?? "json", JsonList.Whole(part)),
        };
    }

    private static ImagePart Linked(JsonElement part) => new(JsonList.Text(part, "uri") ?? JsonList.Text(part, "url"), Media.Of(part).MimeType);

    private static ImagePart Embedded(JsonElement part)
    {
        var type = Media.Of(part).MimeType;
        return new($"data:{type ?? "image/png"};base64,{Content(part, "data")}", type);
    }

    /// <summary>The standard's member, or the one that older senders have for it.</summary>
    private static string? Content(JsonElement part, string older) => JsonList.Text(part, "content") ?? JsonList.Text(part, older);

    /// <summary>What a part says of the file it brings. An address that says nothing is taken for a picture's, as most are.</summary>
    private readonly record struct Media(string? Modality, string? MimeType)
    {
        public bool IsImage => Modality == "image" || MimeType?.StartsWith("image/", StringComparison.Ordinal) == true;

        public bool IsUnsaid => Modality is null && MimeType is null;

        public static Media Of(JsonElement part) => new(JsonList.Text(part, "modality"), JsonList.Text(part, "mime_type"));
    }
}
