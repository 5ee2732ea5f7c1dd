using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Prompts.Content;

/// <summary>Identifies content: SHA-256 over one JSON object in canonical form. Where it runs (the provider) is no part of it.</summary>
internal static class PromptHash
{
    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    /// <param name="content">Checked content, with defaults filled in.</param>
    public static string Of(PromptContent content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalForm(content))));

    /// <summary>The text that is hashed.</summary>
    public static string CanonicalForm(PromptContent content)
    {
        var form = new JsonObject
        {
            ["messages"] = Array(content.Messages.Select(m => new JsonObject { ["role"] = Word(m.Role), ["template"] = m.Template })),
            ["variables"] = Array(content.Variables.Select(Variable)),
            ["model"] = content.Model,
            ["parameters"] = JsonNode.Parse(content.ParametersJson),
            ["tools"] = Array(content.Tools.Select(t =>
                new JsonObject { ["name"] = t.Name, ["description"] = t.Description, ["parameters"] = Parsed(t.ParametersJson) })),
            ["responseSchema"] = Parsed(content.ResponseSchemaJson),
            ["code"] = content.Code is { } code ? Code(code) : null,
        };
        return Rfc8785Json.Of(JsonSerializer.SerializeToElement(form));
    }

    private static JsonObject Variable(PromptVariable variable) => new()
    {
        ["name"] = variable.Name,
        ["type"] = Word(variable.Type),
        ["required"] = variable.Required,
        ["description"] = variable.Description,
        ["default"] = Parsed(variable.DefaultJson),
        ["enumValues"] = Array(variable.EnumValues.Select(v => JsonValue.Create(v))),
    };

    private static JsonObject Code(CodeContext code) => new()
    {
        ["language"] = code.Language,
        ["signature"] = code.Signature,
        ["source"] = code.Source,
        ["dependencies"] = JsonNode.Parse(code.DependenciesJson),
    };

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);

    private static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    /// <summary>The API's word for an enum member.</summary>
    private static string Word<T>(T member) where T : struct, Enum => member is VariableType.ImageUrl ? "IMAGE_URL" : member.ToString().ToUpperInvariant();
}
