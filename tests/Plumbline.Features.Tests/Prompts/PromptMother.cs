using System.Collections.Immutable;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>Content and versions with what a test does not care about filled in.</summary>
internal static class PromptMother
{
    public static PromptContent Content(
        string template =
            "Answer {{question}}", ImmutableArray<PromptVariable>? variables =
                null, string? model = "demo-echo", string parameters = """{"temperature":0.2}""") => new()
                {
                    Messages = [new(MessageRole.System, "Be brief."), new(MessageRole.User, template)],
                    Variables = variables ?? [new() { Name = "question", Type = VariableType.String }],
                    Model = model,
                    ParametersJson = parameters,
                };

    public static NewPromptVersion Version(PromptContent? content = null, int? expectedParent = null, string? note = null) => new()
    {
        Content = content ?? Content(),
        Source = VersionSource.Playground,
        AuthorId = "aaaaaaaaaaaa",
        ExpectedParent = expectedParent,
        Note = note,
    };
}
