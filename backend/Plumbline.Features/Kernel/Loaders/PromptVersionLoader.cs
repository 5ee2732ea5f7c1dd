using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Finds prompt versions, each once in an answer. Reading traces is reading which versions made them.</summary>
internal sealed class PromptVersionLoader(ScopeLoader scopes) : BatchLoader<(ProjectKey Project, string Name, int Number), PromptVersionView>
{
    /// <summary>The version that a span names: null when it names none, or one that is not kept here.</summary>
    public Task<PromptVersionView?> FindAsync(ProjectKey project, string? name, string? version) =>
        !string.IsNullOrEmpty(name) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && NodeId.TryParse(NodeId.Format(NodeKinds.Prompt, project, name), out _)
            ? LoadAsync((project, name, number))
            : Task.FromResult<PromptVersionView?>(null);

    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string Name, int Number), PromptVersionView>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string Name, int Number)> keys, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(keys.Select(async k => await (await scopes.EnterAsync(k.Project)).Prompt(k.Name).FindVersionAsync(k.Number)));
        return keys.Zip(found).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!);
    }
}
