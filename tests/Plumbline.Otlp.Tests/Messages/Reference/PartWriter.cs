using System.Text.Json;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>Writes the parts of a message in the canonical form, whatever library's form they came in. A part of unknown type is kept as it is.</summary>
internal sealed class PartWriter(Utf8JsonWriter json, TextCollector text)
{
    public void Text(string content, string type = "text")
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("content", content);
        json.WriteEndObject();
        if (type == "text") text.Add(content);
    }

    public void ToolCall(string? id, string? name, JsonElement arguments)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call");
        if (id is not null) json.WriteString("id", id);
        json.WriteString("name", name ?? "");
        Embedded("arguments", arguments);
        json.WriteEndObject();
    }

    public void ToolResult(string? id, JsonElement result)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call_response");
        if (id is not null) json.WriteString("id", id);
        Embedded("response", result);
        json.WriteEndObject();
    }

    /// <summary>The content of a message: a string, a list of parts, or a single part.</summary>
    public void Content(JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String: Text(content.GetString()!); break;
            case JsonValueKind.Array:
                foreach (var part in content.EnumerateArray()) Content(part);
                break;
            case JsonValueKind.Object: Part(content.Has("message_content", out var inner) ? inner : content); break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False: Text(content.GetRawText()); break;
        }
    }

    public void Part(JsonElement part)
    {
        var type = part.Text("type");
        switch (type)
        {
            case "text" or "input_text" or "output_text" or "refusal" or "summary_text" when part.First(out var content, "content", "text", "refusal")
                && content.IsText():
                Text(content.GetString()!);
                break;
            case "reasoning" or "thinking" or "redacted_thinking": Reasoning(part); break;
            case "tool_call" or "tool-call" or "tool_use" or "function_call" or "function": Call(part); break;
            case "tool_call_response" or "tool-result" or "tool_result" or "function_call_output": Result(part); break;
            case "image_url" or "input_image" or "image": Image(part); break;
            case "blob" when part.Has("data", out var data) && !part.Has("content", out _): OldBlob(part, data); break;
            case null: Untyped(part); break;
            default: part.WriteTo(json); break;
        }
    }

    private void Untyped(JsonElement part)
    {
        if (part.Text("text") is { } plain) Text(plain);
        else if (part.First(out var call, "functionCall", "function_call", "tool_call")) Call(call);
        else if (part.First(out var result, "functionResponse", "function_response"))
            ToolResult(result.Text("id", "name"), result.Has("response", out var r) ? r : result);
        else if (part.Text("content") is { } content) Text(content);
        else Generic("json", part);
    }

    /// <summary>A tool call: arguments may be JSON in a string, and the function may be one level down.</summary>
    public void Call(JsonElement call)
    {
        if (call.Has("tool_call", out var wrapped)) call = wrapped;
        var function = call.Has("function", out var f) && f.IsObject() ? f : call;
        function.First(out var arguments, "arguments", "input", "args", "parameters");
        ToolCall(call.Text("id", "call_id", "toolCallId", "tool_call_id"), function.Text("name", "toolName"), arguments);
    }

    private void Result(JsonElement part)
    {
        part.First(out var result, "response", "result", "output", "content");
        if (result.IsObject() && result.Text("type") is "text" or "json" && result.Has("value", out var value)) result = value;
        ToolResult(part.Text("id", "call_id", "toolCallId", "tool_use_id", "tool_call_id"), result);
    }

    private void Reasoning(JsonElement part)
    {
        if (part.Text("content", "text", "thinking") is { } content) Text(content, "reasoning");
        else if (part.First(out var list, "summary", "content") && list.IsArray())
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.Text("text", "content") is { } line) Text(line, "reasoning");
            }
        }
        else Generic("reasoning", part);
    }

    private void Image(JsonElement part)
    {
        string? uri = null, mime = part.Text("mime_type", "mediaType", "mimeType");
        if (part.First(out var image, "image_url", "image", "url", "source", "uri"))
            uri = image.IsText() ? image.GetString() : image.Text("url") ?? (image.Has("image", out var deeper) ? deeper.Text("url") : null);
        if (uri is null)
        {
            part.WriteTo(json);
            return;
        }
        json.WriteStartObject();
        json.WriteString("type", "uri");
        json.WriteString("modality", "image");
        if (mime is not null) json.WriteString("mime_type", mime);
        json.WriteString("uri", uri);
        json.WriteEndObject();
    }

    private void OldBlob(JsonElement part, JsonElement data)
    {
        json.WriteStartObject();
        json.WriteString("type", "blob");
        json.WriteString("modality", part.Text("modality") ?? part.Text("mime_type")?.Split('/')[0] ?? "file");
        if (part.Text("mime_type") is { } mime) json.WriteString("mime_type", mime);
        json.WritePropertyName("content");
        data.WriteTo(json);
        json.WriteEndObject();
    }

    private void Generic(string type, JsonElement content)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WritePropertyName("content");
        content.WriteTo(json);
        json.WriteEndObject();
    }

    // Arguments and results are JSON, often inside a string; text that is no JSON stays a string.
    private void Embedded(string name, JsonElement value)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined) json.WriteNullValue();
        else if (!value.IsText()) value.WriteTo(json);
        else if (EmbeddedJson.TryParse(value.GetString()!, out var document))
        {
            using (document) document.RootElement.WriteTo(json);
        }
        else value.WriteTo(json);
    }
}
