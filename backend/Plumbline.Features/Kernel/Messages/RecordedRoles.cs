using System.Text.Json;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Who speaks in a recorded message, whatever its library calls them.</summary>
internal static class RecordedRoles
{
    /// <summary>The role that a message, or a class of LangChain's, tells; null when it tells none.</summary>
    public static string? OfMessage(JsonElement message)
    {
        foreach (var name in (ReadOnlySpan<string>)["role", "type"])
            if (message.TryGetProperty(name, out var role) && Of(role) is { } known) return known;
        return message.TryGetProperty("id", out var path) && path.ValueKind == JsonValueKind.Array && path.GetArrayLength() > 0
            ? Of(path[path.GetArrayLength() - 1])
            : null;
    }

    /// <summary>The role by a word for it.</summary>
    public static string? Of(JsonElement word) => word.ValueKind == JsonValueKind.String ? Of(word.GetString()!) : null;

    /// <inheritdoc cref="Of(JsonElement)"/>
    public static string? Of(string word) => word switch
    {
        "system" or "developer" or "SystemMessage" or "SystemMessageChunk" => "system",
        "user" or "human" or "HumanMessage" or "HumanMessageChunk" => "user",
        "assistant" or "ai" or "model" or "AIMessage" or "AIMessageChunk" => "assistant",
        "tool" or "function" or "ToolMessage" or "ToolMessageChunk" or "FunctionMessage" => "tool",
        _ => null,
    };
}
