using System.Text.Json;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Kernel.Inputs;

/// <summary>Content as the API takes it, to be saved or to be run.</summary>
internal sealed record PromptContentInput(
    IReadOnlyList<PromptMessageInput> Messages,
    IReadOnlyList<PromptVariableInput>? Variables,
    string? Model,
    string? Provider,
    JsonElement? Parameters,
    IReadOnlyList<ToolDefinitionInput>? Tools,
    JsonElement? ResponseSchema,
    CodeContextInput? Code)
{
    public PromptContent Content() => new()
    {
        Messages = [.. Messages.Select(m => new PromptMessage(m.Role, m.Template))],
        Variables = Variables is null ? [] : [.. Variables.Select(v => v.Variable())],
        Model = Model,
        Provider = Provider,
        ParametersJson = JsonInput.Text(Parameters) ?? "{}",
        Tools = Tools is null ? [] : [.. Tools.Select(t => new PromptTool(t.Name, t.Description, JsonInput.Text(t.Parameters)))],
        ResponseSchemaJson = JsonInput.Text(ResponseSchema),
        Code = Code is null ? null : new(Code.Language, Code.Signature, Code.Source, JsonInput.Text(Code.Dependencies) ?? "{}"),
    };
}

internal sealed record PromptMessageInput(MessageRole Role, string Template);

internal sealed record PromptVariableInput(
    string Name, VariableType Type, bool Required, string? Description, JsonElement? Default, IReadOnlyList<string>? EnumValues)
{
    public PromptVariable Variable() => new()
    {
        Name = Name,
        Type = Type,
        Required = Required,
        Description = Description,
        DefaultJson = JsonInput.Text(Default),
        EnumValues = EnumValues is null ? [] : [.. EnumValues],
    };
}

internal sealed record ToolDefinitionInput(string Name, string? Description, JsonElement? Parameters);

internal sealed record CodeContextInput(string Language, string Signature, string Source, JsonElement? Dependencies);

internal static class JsonInput
{
    /// <summary>The text of a JSON input; null when it was not given.</summary>
    public static string? Text(JsonElement? value) =>
        value is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? given.GetRawText() : null;
}
