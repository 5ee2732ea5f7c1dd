using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Prompts.Templates;

internal sealed class PromptTemplates(IOptions<PromptsOptions> options) : IPromptTemplates
{
    public PromptContent Require(PromptContent content) => PromptContentRules.Require(content, options.Value);

    public ImmutableArray<RenderedMessage> Render(PromptContent content, string inputsJson)
    {
        using var inputs = Parse(inputsJson);
        var (values, errors) = VariableValues.Bind(content.Variables, inputs.RootElement);
        if (errors.Count > 0) throw Failure.BadInput(string.Join(Environment.NewLine, errors.Select(e => e.Text)));
        return [.. content.Messages.SelectMany((m, i) =>
            TemplateRenderer.Render(m.Role, Nodes(m.Template, i), content.Variables, values, options.Value.MaxRenderedLength))];
    }

    private static ImmutableArray<TemplateNode> Nodes(string template, int message)
    {
        var (nodes, error) = TemplateParser.Parse(template, message);
        return error is null ? nodes : throw Failure.BadInput(error.ToString());
    }

    private static JsonDocument Parse(string inputsJson)
    {
        try
        {
            var inputs = JsonDocument.Parse(inputsJson);
            return inputs.RootElement.ValueKind == JsonValueKind.Object
                ? inputs
                : throw Failure.BadInput("inputs must be a JSON object of values by variable name.");
        }
        catch (JsonException wrong)
        {
            throw Failure.BadInput($"inputs is no JSON: {wrong.Message}");
        }
    }
}
