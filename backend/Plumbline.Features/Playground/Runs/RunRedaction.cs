using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Playground.Runs;

/// <summary>A run as it may be written: the model is sent what was given, and what is kept of it is redacted.</summary>
internal static class RunRedaction
{
    public static PlaygroundRunView Show(this IContentRules rules, PlaygroundRunView run) => run with
    {
        InputsJson = rules.Json(run.InputsJson),
        RequestPayloadJson = rules.Json(run.RequestPayloadJson),
        Messages = [.. run.Messages.Select(m => m with { Parts = [.. m.Parts.Select(p => Part(rules, p))] })],
        Output = rules.Text(run.Output),
        ToolCalls = [.. run.ToolCalls.Select(c => c with { ArgumentsJson = rules.Text(c.ArgumentsJson) })],
        Error = run.Error is { } error ? error with { Message = rules.Text(error.Message) } : null,
    };

    private static RenderedPart Part(IContentRules rules, RenderedPart part) =>
        part with { Text = rules.Text(part.Text), ImageUrl = rules.Text(part.ImageUrl) };
}
