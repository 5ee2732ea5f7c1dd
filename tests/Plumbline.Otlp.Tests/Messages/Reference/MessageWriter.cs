using System.Text.Json;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>Writes messages of any known library as <c>[{role, name?, parts, finish_reason?}]</c>, the standard's own shape.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-events/</remarks>
internal sealed class MessageWriter
{
    private readonly Utf8JsonWriter json;
    private readonly TextCollector text;
    private readonly PartWriter parts;

    public MessageWriter(Utf8JsonWriter json, TextCollector text)
    {
        this.json = json;
        this.text = text;
        parts = new(json, text);
    }

    /// <summary>A single message of plain text.</summary>
    public void Plain(string role, string content)
    {
        Open(role, null);
        parts.Text(content);
        Close(null);
    }

    /// <summary>One message, in any of the known shapes.</summary>
    public void Message(JsonElement m, string defaultRole, string? finish = null)
    {
        if (m.IsText())
        {
            Plain(defaultRole, m.GetString()!);
            return;
        }
        if (m.Has("kwargs", out var kwargs) && m.Has("lc", out _)) LangChain(m, kwargs, finish);
        else if (m.Has("message", out var inner) && inner.IsObject()) Message(inner, defaultRole, m.Text("finish_reason", "finishReason") ?? finish);
        else if (m.Text("type") is "function_call" or "function_call_output" or "reasoning" && !m.Has("role", out _)) Item(m, defaultRole);
        else Ordinary(m, defaultRole, finish);
    }

    /// <summary>An answer given as its pieces: text, reasoning, tool calls; empty ones are left out.</summary>
    public void Answer(string content, string reasoning, JsonElement calls)
    {
        Open("assistant", null);
        if (reasoning.Length > 0) parts.Text(reasoning, "reasoning");
        if (content.Length > 0) parts.Text(content);
        if (calls.IsArray())
        {
            foreach (var call in calls.EnumerateArray()) parts.Call(call);
        }
        Close(null);
    }

    /// <summary>A message that consists of the given parts.</summary>
    public void OfParts(JsonElement content, string role, string? finish = null)
    {
        Open(role, null);
        parts.Content(content);
        Close(finish);
    }

    private void Ordinary(JsonElement m, string defaultRole, string? finish)
    {
        var role = Roles.Canonical(m.Text("role", "type"), defaultRole);
        Open(role, m.Text("name"));
        if (m.Text("reasoning_content", "reasoning") is { Length: > 0 } reasoning) parts.Text(reasoning, "reasoning");
        m.First(out var content, "parts", "content", "contents");
        if (role == "tool" && m.First(out _, "tool_call_id", "id") && !HasResultPart(content)) parts.ToolResult(m.Text("tool_call_id", "id"), content);
        else parts.Content(content);
        if (content.ValueKind == JsonValueKind.Undefined && m.Text("text") is { } plain) parts.Text(plain);
        if (m.First(out var calls, "tool_calls", "toolCalls") && calls.IsArray())
        {
            foreach (var call in calls.EnumerateArray()) parts.Call(call);
        }
        else if (m.Has("function_call", out var call) && call.IsObject()) parts.Call(call);
        Close(m.Text("finish_reason", "finishReason", "stop_reason") ?? finish);
    }

    private static bool HasResultPart(JsonElement content)
    {
        if (!content.IsArray()) return false;
        foreach (var part in content.EnumerateArray())
        {
            if (part.Text("type") is "tool_call_response" or "tool-result" or "tool_result") return true;
        }
        return false;
    }

    private void Item(JsonElement item, string defaultRole)
    {
        Open(item.Text("type") == "function_call_output" ? "tool" : defaultRole == "user" ? "assistant" : defaultRole, null);
        parts.Part(item);
        Close(null);
    }

    private void LangChain(JsonElement m, JsonElement kwargs, string? finish)
    {
        var kind = m.Has("id", out var id) && id.IsArray() && id.GetArrayLength() > 0 && id[id.GetArrayLength() - 1].IsText()
            ? id[id.GetArrayLength() - 1].GetString()
            : null;
        var role = Roles.Canonical(kind?.Replace("MessageChunk", "").Replace("Message", "").ToLowerInvariant(), "user");
        Open(role, kwargs.Text("name"));
        kwargs.Has("content", out var content);
        if (role == "tool") parts.ToolResult(kwargs.Text("tool_call_id"), content);
        else parts.Content(content);
        if (kwargs.Has("tool_calls", out var calls) && calls.IsArray())
        {
            foreach (var call in calls.EnumerateArray()) parts.Call(call);
        }
        Close(finish);
    }

    private void Open(string role, string? name)
    {
        text.Begin(role);
        json.WriteStartObject();
        json.WriteString("role", role);
        if (name is not null) json.WriteString("name", name);
        json.WriteStartArray("parts");
    }

    private void Close(string? finish)
    {
        json.WriteEndArray();
        if (finish is { Length: > 0 }) json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        text.End();
    }
}

/// <summary>The roles of messages under their many names.</summary>
internal static class Roles
{
    public static string Canonical(string? role, string fallback) => role switch
    {
        null or "" or "message" or "constructor" => fallback,
        "human" => "user",
        "ai" or "model" => "assistant",
        "developer" => "system",
        "function" => "tool",
        _ => role,
    };
}
