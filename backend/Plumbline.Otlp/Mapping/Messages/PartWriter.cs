using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Writes the parts of a message in the canonical form, whatever library's form they came in. A part of unknown type is kept as it is.</summary>
internal sealed class PartWriter(JsonOutput json, TextCollector text, JsonTapes tapes)
{
    public void Text(ReadOnlySpan<byte> content)
    {
        Begin("text"u8);
        json.Member("content"u8, content);
        json.EndObject();
        text.Add(content);
    }

    public void Text(JsonNode content)
    {
        Begin("text"u8);
        json.Member("content"u8, content);
        json.EndObject();
        text.Add(content.Utf8);
    }

    public void Reasoning(ReadOnlySpan<byte> content)
    {
        Begin("reasoning"u8);
        json.Member("content"u8, content);
        json.EndObject();
    }

    public void ToolResult(JsonNode id, JsonNode result)
    {
        Begin("tool_call_response"u8);
        if (id.IsText) json.Member("id"u8, id);
        Embedded("response"u8, result);
        json.EndObject();
    }

    /// <summary>The content of a message: a string, a list of parts, or a single part.</summary>
    public void Content(JsonNode content)
    {
        switch (content.Kind)
        {
            case JsonKind.String: Text(content); break;
            case JsonKind.Array:
                foreach (var part in content.Items) Content(part);
                break;
            case JsonKind.Object: Part(content.Has("message_content", out var inner) ? inner : content); break;
            case JsonKind.Number or JsonKind.True or JsonKind.False: Text(content.RawText); break;
        }
    }

    public void Part(JsonNode part)
    {
        switch (PartTypes.Of(part))
        {
            case PartType.Text when part.First(out var content, "content", "text", "refusal") && content.IsText: Text(content); break;
            case PartType.Reasoning: Reasoning(part); break;
            case PartType.Call: Call(part); break;
            case PartType.Result: Result(part); break;
            case PartType.Image: Image(part); break;
            case PartType.Blob when part.Has("data", out var data) && !part.HasAny("content"): OldBlob(part, data); break;
            case PartType.None: Untyped(part); break;
            default: json.Value(part); break;
        }
    }

    /// <summary>A tool call: arguments may be JSON in a string, and the function may be one level down.</summary>
    public void Call(JsonNode call)
    {
        if (call.Has("tool_call", out var wrapped)) call = wrapped;
        var function = call.Has("function", out var f) && f.IsObject ? f : call;
        Begin("tool_call"u8);
        var id = call.Text("id", "call_id", "toolCallId", "tool_call_id");
        if (id.IsText) json.Member("id"u8, id);
        var name = function.Text("name", "toolName");
        if (name.IsText) json.Member("name"u8, name);
        else json.Member("name"u8, ""u8);
        function.First(out var arguments, "arguments", "input", "args", "parameters");
        Embedded("arguments"u8, arguments);
        json.EndObject();
    }

    private void Untyped(JsonNode part)
    {
        if (part.Text("text") is { IsText: true } plain) Text(plain);
        else if (part.First(out var call, "functionCall", "function_call", "tool_call")) Call(call);
        else if (part.First(out var result, "functionResponse", "function_response"))
            ToolResult(result.Text("id", "name"), result.Has("response", out var r) ? r : result);
        else if (part.Text("content") is { IsText: true } content) Text(content);
        else Generic("json"u8, part);
    }

    private void Result(JsonNode part)
    {
        part.First(out var result, "response", "result", "output", "content");
        if (result.IsObject && (result.Text("type").Is("text"u8) || result.Text("type").Is("json"u8)) && result.Has("value", out var value)) result = value;
        ToolResult(part.Text("id", "call_id", "toolCallId", "tool_use_id", "tool_call_id"), result);
    }

    private void Reasoning(JsonNode part)
    {
        if (part.Text("content", "text", "thinking") is { IsText: true } content) Reasoning(content.Utf8);
        else if (part.First(out var list, "summary", "content") && list.IsArray)
        {
            foreach (var item in list.Items)
            {
                if (item.Text("text", "content") is { IsText: true } line) Reasoning(line.Utf8);
            }
        }
        else Generic("reasoning"u8, part);
    }

    private void Image(JsonNode part)
    {
        JsonNode uri = default;
        if (part.First(out var image, "image_url", "image", "url", "source", "uri"))
            uri = image.IsText ? image : image.Text("url").Or(image.Has("image", out var deeper) ? deeper.Text("url") : default);
        if (!uri.IsText)
        {
            json.Value(part);
            return;
        }
        Begin("uri"u8);
        json.Member("modality"u8, "image"u8);
        if (part.Text("mime_type", "mediaType", "mimeType") is { IsText: true } mime) json.Member("mime_type"u8, mime);
        json.Member("uri"u8, uri);
        json.EndObject();
    }

    private void OldBlob(JsonNode part, JsonNode data)
    {
        Begin("blob"u8);
        var mime = part.Text("mime_type");
        if (part.Text("modality") is { IsText: true } modality) json.Member("modality"u8, modality);
        else json.Member("modality"u8, mime.IsText ? Before(mime.Utf8, (byte)'/') : "file"u8);
        if (mime.IsText) json.Member("mime_type"u8, mime);
        json.Member("content"u8, data);
        json.EndObject();
    }

    private static ReadOnlySpan<byte> Before(ReadOnlySpan<byte> text, byte separator) => text.IndexOf(separator) is >= 0 and var at ? text[..at] : text;

    private void Generic(ReadOnlySpan<byte> type, JsonNode content)
    {
        Begin(type);
        json.Member("content"u8, content);
        json.EndObject();
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        json.BeginObject();
        json.Member("type"u8, type);
    }

    // Arguments and results are JSON, often inside a string; text that is no JSON stays a string.
    private void Embedded(ReadOnlySpan<byte> name, JsonNode value)
    {
        json.Name(name);
        using var tape = tapes.Rent();
        json.Value(EmbeddedJson.TryParse(value, tape) ? tape.Root : value);
    }
}
