using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Playground.Models;

/// <summary>Writes the body of a chat completion: what the version says, and nothing it may not say.</summary>
internal static class ChatRequestBody
{
    private static readonly string[] Reserved = ["model", "messages", "stream", "stream_options", "tools", "response_format", "n"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string model, IEnumerable<RenderedMessage> messages, PromptContent content)
    {
        var body = new JsonObject { ["model"] = model, ["messages"] = new JsonArray([.. messages.Select(Message)]) };
        foreach (var (name, value) in JsonNode.Parse(content.ParametersJson)!.AsObject().Where(p => !Reserved.Contains(p.Key)).ToArray())
            body[name] = value?.DeepClone();
        if (content.Tools.Length > 0) body["tools"] = new JsonArray([.. content.Tools.Select(Tool)]);
        if (content.ResponseSchemaJson is { } schema)
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = "answer", ["schema"] = JsonNode.Parse(schema) },
            };
        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        return body.ToJsonString(Json);
    }

    private static JsonObject Message(RenderedMessage message) => new()
    {
        ["role"] = message.Role,
        ["content"] = message.Parts.Any(p => p.ImageUrl is not null) ? new JsonArray([.. message.Parts.Select(Part)]) : message.Text,
    };

    private static JsonObject Part(RenderedPart part) => part.ImageUrl is { } url
        ? new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } }
        : new() { ["type"] = "text", ["text"] = part.Text };

    private static JsonObject Tool(PromptTool tool)
    {
        var function = new JsonObject { ["name"] = tool.Name };
        if (tool.Description is not null) function["description"] = tool.Description;
        if (tool.ParametersJson is not null) function["parameters"] = JsonNode.Parse(tool.ParametersJson);
        return new() { ["type"] = "function", ["function"] = function };
    }
}
