using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Samples.Content;

/// <summary>The prompts behind the sample's calls, two versions each.</summary>
internal static class SamplePrompts
{
    private static readonly (string Name, string[] System, string User, string Variable)[] All =
    [
        (
            "support-agent",
            ["You are a support agent for an online shop.", "You are a support agent for an online shop. Use the tools; never guess."],
            "{{question}}", "question"),
        (
            "answer-from-handbook", ["Answer the question.", "Answer the question from the documents alone, in two sentences at most."],
            "{{question}}\n\n{{documents}}", "question"),
        (
            "sort-ticket",
            ["Sort the ticket into a category.", "Sort the ticket: answer with JSON that holds category and urgency, and nothing else."],
            "{{ticket}}", "ticket"),
    ];

    public static string SystemText(string name, int version) => All.First(p => p.Name == name).System[version - 1];

    public static async Task SaveAsync(ProjectScope scope, string actor)
    {
        foreach (var (name, system, user, variable) in All)
        {
            for (var version = 1; version <= system.Length; version++)
            {
                await scope.Prompt(name).SaveAsync(new NewPromptVersion
                {
                    Content = Content(system[version - 1], user, variable),
                    Source = VersionSource.Api,
                    AuthorId = actor,
                    Note = version == 1 ? "First draft" : "Stricter instructions",
                });
            }
        }
    }

    private static PromptContent Content(string system, string user, string variable) => new()
    {
        Messages = [new(MessageRole.System, system), new(MessageRole.User, user)],
        Variables = user.Contains("{{documents}}", StringComparison.Ordinal) ? [Text(variable), Text("documents")] : [Text(variable)],
        Model = "gpt-4o-mini",
        ParametersJson = """{"temperature":0.2,"max_tokens":600}""",
    };

    private static PromptVariable Text(string name) => new() { Name = name, Type = VariableType.String };
}
