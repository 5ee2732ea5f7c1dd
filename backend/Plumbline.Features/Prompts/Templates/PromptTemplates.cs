using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Prompts.Templates;

internal sealed class PromptTemplates(IOptions<PromptsOptions> options) : IPromptTemplates
{
    private const int MaxMistakesListed = 20;

    public string RequireName(string name) => PromptName.Require(name);

    public PromptContent Require(PromptContent content) => PromptContentRules.Require(content, options.Value);

    public ImmutableArray<RenderedMessage> Render(PromptContent content, string inputsJson, CancellationToken cancellationToken)
    {
        using var inputs = Parse(inputsJson);
        try
        {
            return Render(content, inputs.RootElement, new RenderBudget(options.Value.MaxRenderSteps, cancellationToken));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // A number beyond all bounds, half of a surrogate pair: JSON by its grammar, but no value.
            throw Failure.BadInput($"A value in the inputs cannot be read: {unreadable.Message}");
        }
    }

    private ImmutableArray<RenderedMessage> Render(PromptContent content, JsonElement inputs, RenderBudget budget)
    {
        var (values, errors) = VariableValues.Bind(content.Variables, inputs);
        if (errors.Count > 0) throw Failure.BadInput(string.Join(Environment.NewLine, errors.Take(MaxMistakesListed).Select(e => e.Text)));
        var renderer = new TemplateRenderer(content.Variables, values, options.Value.MaxRenderedLength, budget);
        return [.. content.Messages.SelectMany((m, i) => renderer.Render(m.Role, Nodes(m.Template, i)))];
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
