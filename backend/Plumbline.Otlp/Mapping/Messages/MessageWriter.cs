using System.Text;
using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Writes messages of any known library as <c>[{role, name?, parts, finish_reason?}]</c>, the standard's own shape.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-events/</remarks>
internal sealed class MessageWriter(JsonOutput json, TextCollector text, JsonTapes tapes)
{
    private readonly PartWriter _parts = new(json, text, tapes);

    /// <summary>A single message of plain text.</summary>
    public void Plain(ReadOnlySpan<byte> role, ReadOnlySpan<byte> content)
    {
        Open(role, default);
        _parts.Text(content);
        Close(default);
    }

    /// <summary>One message, in any of the known shapes.</summary>
    public void Message(JsonNode m, ReadOnlySpan<byte> defaultRole, JsonNode finish = default)
    {
        if (m.IsText) Plain(defaultRole, m.Utf8);
        else if (m.Has("kwargs", out var kwargs) && m.HasAny("lc")) LangChain(m, kwargs, finish);
        else if (m.Has("message", out var inner) && inner.IsObject) Message(inner, defaultRole, m.Text("finish_reason", "finishReason").Or(finish));
        else if (IsItem(m.Text("type")) && !m.HasAny("role")) Item(m, defaultRole);
        else Ordinary(m, defaultRole, finish);
    }

    /// <summary>An answer given as its pieces: text, reasoning, tool calls; empty ones are left out.</summary>
    public void Answer(ReadOnlySpan<byte> content, ReadOnlySpan<byte> reasoning, JsonNode calls)
    {
        Open("assistant"u8, default);
        if (reasoning.Length > 0) _parts.Reasoning(reasoning);
        if (content.Length > 0) _parts.Text(content);
        foreach (var call in calls.Items) _parts.Call(call);
        Close(default);
    }

    /// <summary>A message that consists of the given parts.</summary>
    public void OfParts(JsonNode content, ReadOnlySpan<byte> role)
    {
        Open(role, default);
        _parts.Content(content);
        Close(default);
    }

    private void Ordinary(JsonNode m, ReadOnlySpan<byte> defaultRole, JsonNode finish)
    {
        var role = Roles.Canonical(m.Text("role", "type").Utf8, defaultRole);
        Open(role, m.Text("name"));
        if (m.Text("reasoning_content", "reasoning").Utf8 is { Length: > 0 } reasoning) _parts.Reasoning(reasoning);
        m.First(out var content, "parts", "content", "contents");
        if (role.SequenceEqual("tool"u8) && m.HasAny("tool_call_id", "id") && !HasResultPart(content)) _parts.ToolResult(m.Text("tool_call_id", "id"), content);
        else _parts.Content(content);
        if (content.Kind == JsonKind.Undefined && m.Text("text") is { IsText: true } plain) _parts.Text(plain);
        if (m.First(out var calls, "tool_calls", "toolCalls") && calls.IsArray)
        {
            foreach (var one in calls.Items) _parts.Call(one);
        }
        else if (m.Has("function_call", out var call) && call.IsObject) _parts.Call(call);
        Close(m.Text("finish_reason", "finishReason", "stop_reason").Or(finish));
    }

    private static bool IsItem(JsonNode type) => type.Is("function_call"u8) || type.Is("function_call_output"u8) || type.Is("reasoning"u8);

    private static bool HasResultPart(JsonNode content)
    {
        foreach (var part in content.Items)
        {
            if (part.Text("type") is { IsText: true } type && (type.Is("tool_call_response"u8) || type.Is("tool-result"u8) || type.Is("tool_result"u8)))
                return true;
        }
        return false;
    }

    private void Item(JsonNode item, ReadOnlySpan<byte> defaultRole)
    {
        Open(item.Text("type").Is("function_call_output"u8) ? "tool"u8 : defaultRole.SequenceEqual("user"u8) ? "assistant"u8 : defaultRole, default);
        _parts.Part(item);
        Close(default);
    }

    private void LangChain(JsonNode m, JsonNode kwargs, JsonNode finish)
    {
        var role = Roles.Canonical(ClassOf(m), "user"u8);
        Open(role, kwargs.Text("name"));
        kwargs.Has("content", out var content);
        if (role.SequenceEqual("tool"u8)) _parts.ToolResult(kwargs.Text("tool_call_id"), content);
        else _parts.Content(content);
        if (kwargs.Has("tool_calls", out var calls))
        {
            foreach (var call in calls.Items) _parts.Call(call);
        }
        Close(finish);
    }

    // langchain_core.messages.HumanMessageChunk
    private static ReadOnlySpan<byte> ClassOf(JsonNode m)
    {
        JsonNode last = default;
        if (m.Has("id", out var id))
        {
            foreach (var name in id.Items) last = name;
        }
        if (!last.IsText) return default;
        return Encoding.UTF8.GetBytes(last.ToString().Replace(
            "MessageChunk", "", StringComparison.Ordinal).Replace("Message", "", StringComparison.Ordinal).ToLowerInvariant());
    }

    private void Open(ReadOnlySpan<byte> role, JsonNode name)
    {
        text.Begin(role);
        json.BeginObject();
        json.Member("role"u8, role);
        if (name.IsText) json.Member("name"u8, name);
        json.Name("parts"u8);
        json.BeginArray();
    }

    private void Close(JsonNode finish)
    {
        json.EndArray();
        if (finish.IsText && finish.RawText.Length > 0) json.Member("finish_reason"u8, finish);
        json.EndObject();
        text.End();
    }
}

/// <summary>The roles of messages under their many names.</summary>
internal static class Roles
{
    public static ReadOnlySpan<byte> Canonical(ReadOnlySpan<byte> role, ReadOnlySpan<byte> fallback)
    {
        if (role.IsEmpty || role.SequenceEqual("message"u8) || role.SequenceEqual("constructor"u8)) return fallback;
        if (role.SequenceEqual("human"u8)) return "user"u8;
        if (role.SequenceEqual("ai"u8) || role.SequenceEqual("model"u8)) return "assistant"u8;
        if (role.SequenceEqual("developer"u8)) return "system"u8;
        return role.SequenceEqual("function"u8) ? "tool"u8 : role;
    }
}
