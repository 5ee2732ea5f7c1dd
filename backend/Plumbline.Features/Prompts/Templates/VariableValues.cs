using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>A value that does not fit its variable.</summary>
/// <param name="Code">missing, wrong_type, not_in_enum or unknown_input.</param>
internal sealed record ValueError(string Variable, string Code, string Text);

/// <summary>Checks values against variables. null is no value; 0, false and "" are.</summary>
internal static class VariableValues
{
    private const double LargestInteger = 9007199254740991;

    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    /// <summary>The values to render with, defaults filled in, and what is wrong with the given ones.</summary>
    public static (Dictionary<string, JsonElement> Values, List<ValueError> Errors) Bind(ImmutableArray<PromptVariable> variables, JsonElement inputs)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var errors = new List<ValueError>();
        foreach (var variable in variables)
        {
            if (inputs.TryGetProperty(variable.Name, out var given) && given.ValueKind != JsonValueKind.Null)
            {
                values[variable.Name] = given;
                if (Mistake(variable, given) is { } mistake) errors.Add(mistake);
            }
            else if (variable.DefaultJson is { } otherwise)
            {
                using var document = JsonDocument.Parse(otherwise);
                values[variable.Name] = document.RootElement.Clone();
            }
            else if (variable.Required) errors.Add(new(variable.Name, "missing", $"The variable {variable.Name} needs a value."));
        }
        var known = variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in inputs.EnumerateObject().Select(i => i.Name).Where(n => !known.Contains(n)))
            errors.Add(new(name, "unknown_input", $"There is no variable {name}."));
        return (values, errors);
    }

    /// <summary>What is wrong with a value; null when it fits.</summary>
    public static ValueError? Mistake(PromptVariable variable, JsonElement value)
    {
        if (Expected(variable.Type, value) is { } expected) return new(variable.Name, "wrong_type", $"The variable {variable.Name} needs {expected}.");
        if (variable.EnumValues.Length == 0) return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : Rfc8785Json.Of(value);
        return variable.EnumValues.Contains(text)
            ? null
            : new(variable.Name, "not_in_enum", $"The variable {variable.Name} must be one of {string.Join(", ", variable.EnumValues)}.");
    }

    /// <summary>What the type asks for; null when the value is that.</summary>
    private static string? Expected(VariableType type, JsonElement value) => type switch
    {
        VariableType.String => value.ValueKind == JsonValueKind.String ? null : "a text",
        VariableType.Number => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? null : "a number",
        VariableType.Integer => IsInteger(value) ? null : "a whole number",
        VariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
        VariableType.List => value.ValueKind == JsonValueKind.Array ? null : "a list",
        VariableType.Object => value.ValueKind == JsonValueKind.Object ? null : "an object",
        VariableType.Messages =>
            value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsMessage)
                ? null
                : "a list of messages, each with a role (system, user, assistant or tool) and a text content",
        _ => IsImageUrl(value) ? null : "the address of an image: https://…, http://… or data:image/…",
    };

    private static bool IsInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && Math.Abs(number) <= LargestInteger && number == Math.Floor(number);

    private static bool IsMessage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String && Roles.Contains(role.GetString())
        && value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String;

    private static bool IsImageUrl(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } url
        && (url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal)
            || url.StartsWith("data:image/", StringComparison.Ordinal));
}
