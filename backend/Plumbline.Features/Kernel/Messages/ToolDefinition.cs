using System.Text.Json;
using Plumbline.Features.Kernel.Json;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Type ToolDefinition: a tool that a model may call.</summary>
/// <param name="Name">What the model calls it by.</param>
/// <param name="Description">What it is told of it.</param>
/// <param name="Parameters">The JSON Schema of its arguments.</param>
internal sealed record ToolDefinition(string Name, string? Description, RawJson? Parameters)
{
    /// <summary>The tools of a span, in the standard's form or wrapped as OpenAI's API has them; null when there are none that can be read.</summary>
    public static IReadOnlyList<ToolDefinition>? Read(string? json) => JsonList.Of(json, tool =>
    {
        var inner = tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : tool;
        var schema = JsonList.Raw(inner, "parameters") ?? JsonList.Raw(inner, "input_schema") ?? JsonList.Raw(inner, "inputSchema");
        return new ToolDefinition(JsonList.Text(inner, "name") ?? "", JsonList.Text(inner, "description"), schema);
    });
}
