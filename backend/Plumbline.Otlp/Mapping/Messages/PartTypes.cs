using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>What the part of a message is, under its many names.</summary>
internal enum PartType { None, Text, Reasoning, Call, Result, Image, Blob, Other }

/// <summary>The names of part types.</summary>
internal static class PartTypes
{
    public static PartType Of(JsonNode part)
    {
        var node = part.Text("type");
        if (!node.IsText) return PartType.None;
        var type = node.Utf8;
        if (Any(type, "text"u8, "input_text"u8, "output_text"u8) || Any(type, "refusal"u8, "summary_text"u8)) return PartType.Text;
        if (Any(type, "tool_call"u8, "tool-call"u8, "tool_use"u8) || Any(type, "function_call"u8, "function"u8)) return PartType.Call;
        if (Any(type, "tool_call_response"u8, "tool-result"u8, "tool_result"u8) || Any(type, "function_call_output"u8)) return PartType.Result;
        if (Any(type, "reasoning"u8, "thinking"u8, "redacted_thinking"u8)) return PartType.Reasoning;
        if (Any(type, "image_url"u8, "input_image"u8, "image"u8)) return PartType.Image;
        return Any(type, "blob"u8) ? PartType.Blob : PartType.Other;
    }

    private static bool Any(ReadOnlySpan<byte> type, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default) =>
        type.Length > 0 && (type.SequenceEqual(a) || type.SequenceEqual(b) || type.SequenceEqual(c));
}
