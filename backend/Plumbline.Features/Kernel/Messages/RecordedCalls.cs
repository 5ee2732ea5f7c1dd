using System.Text.Json;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>The tool calls of a recorded message, in the forms of OpenAI, Anthropic and LangChain.</summary>
internal static class RecordedCalls
{
    /// <summary>Those that a message lists.</summary>
    public static IEnumerable<MessagePart?> Of(JsonElement message) =>
        message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array
            ? calls.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).Select(Read)
            : [];

    /// <summary>Whether an object stands for a call itself, among other content.</summary>
    public static bool IsOne(JsonElement value) => JsonList.Text(value, "type") is "tool_use" or "function_call" or "tool_call" or "tool-call";

    /// <summary>A call; null when it names no tool.</summary>
    public static MessagePart? Read(JsonElement call)
    {
        var inner = call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : call;
        var name = JsonList.Text(inner, "name") ?? JsonList.Text(inner, "toolName");
        var id = JsonList.Text(call, "call_id") ?? JsonList.Text(call, "id") ?? JsonList.Text(call, "toolCallId");
        return name is null ? null : new ToolCallPart(id, name, Arguments(inner));
    }

    private static GraphQL.RawJson? Arguments(JsonElement call) =>
        JsonList.Raw(call, "arguments") ?? JsonList.Raw(call, "args") ?? JsonList.Raw(call, "input");
}
