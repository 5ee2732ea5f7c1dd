using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;
using Plumbline.Features.Prompts;
using Plumbline.Features.Prompts.Content;
using Plumbline.Features.Prompts.Templates;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>The vectors that the browser's implementation runs too.</summary>
public sealed class TemplateVectorTests
{
    private static readonly JsonElement All = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(
        AppContext.BaseDirectory, "vectors", "templates.json"))).RootElement;

    public static TheoryData<string> Names => [.. Vectors().Select(v => v.Text("name"))];

    [Theory, MemberData(nameof(Names))]
    public void Vector_Rendered_GivesWhatItExpects(string name)
    {
        var vector = Vectors().Single(v => v.GetProperty("name").GetString() == name);
        var content = Content(vector);
        var errors = content.Messages.SelectMany((m, i) => TemplateMistakes(m, content.Variables, i)).ToList();
        var (_, valueErrors) = VariableValues.Bind(content.Variables, vector.GetProperty("values"));
        if (vector.TryGetProperty("error", out var expected))
        {
            var actual = errors.Count > 0
                ? $"{errors[0].Code} message {errors[0].Message} at {errors[0].Line}:{errors[0].Column}"
                : $"{valueErrors[0].Code} {valueErrors[0].Variable}";
            Assert.Equal(Describe(expected), actual);
            return;
        }
        Assert.Empty(errors);
        Assert.Empty(valueErrors);
        var rendered = new PromptTemplates(Options.Create(new PromptsOptions())).Render(
            content, vector.GetProperty("values").GetRawText(), TestContext.Current.CancellationToken);
        Assert.Equal(Rfc8785Json.Of(vector.GetProperty("expected")), Rfc8785Json.Of(AsJson(rendered)));
        Assert.Equal(content.Messages, PromptContentRules.Require(content, new PromptsOptions()).Messages);
    }

    private static IEnumerable<JsonElement> Vectors() => All.GetProperty("vectors").EnumerateArray();

    private static IEnumerable<TemplateError> TemplateMistakes(PromptMessage message, ImmutableArray<PromptVariable> variables, int index)
    {
        var (nodes, error) = TemplateParser.Parse(message.Template, index);
        return error is null ? TemplateChecker.Check(nodes, variables, index) : [error];
    }

    private static string Describe(JsonElement error) => error.TryGetProperty("variable", out var variable)
        ? $"{error.GetProperty("code")} {variable}"
        : $"{error.GetProperty("code")} message {error.GetProperty("message")} at {error.GetProperty("line")}:{error.GetProperty("column")}";

    private static PromptContent Content(JsonElement vector) => new()
    {
        Messages =
        [
            .. vector.GetProperty("messages").EnumerateArray().Select(m => new PromptMessage(
                Enum.Parse<MessageRole>(m.Text("role"), ignoreCase: true),
                m.Text("template").Replace("\r\n", "\n").Replace('\r', '\n'))),
        ],
        Variables = [.. vector.GetProperty("variables").EnumerateArray().Select(Variable)],
    };

    private static PromptVariable Variable(JsonElement variable) => new()
    {
        Name = variable.Text("name"),
        Type = Enum.Parse<VariableType>(variable.Text("type").Replace("_", ""), ignoreCase: true),
        Required = !variable.TryGetProperty("required", out var required) || required.GetBoolean(),
        DefaultJson = variable.TryGetProperty("default", out var otherwise) ? otherwise.GetRawText() : null,
        EnumValues = variable.TryGetProperty("enumValues", out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [],
    };

    private static string AsJson(ImmutableArray<RenderedMessage> messages) => JsonSerializer.Serialize(messages.Select(m => new
    {
        role = m.Role,
        content = m.Parts.Any(p => p.ImageUrl is not null)
            ? (object)m.Parts.Select(p => p.ImageUrl is null ? (object)new { type = "text", text = p.Text } : new { type = "image", url = p.ImageUrl })
            : m.Text,
    }));
}
