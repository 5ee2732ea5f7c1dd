using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Finds prompt versions, each once in an answer. Reading traces is reading which versions made them.</summary>
internal sealed class PromptVersionLoader(IAccessControl access, Caller caller)
    : BatchLoader<(ProjectKey Project, string Name, int Number), PromptVersionView>
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
        var found = new Dictionary<(ProjectKey Project, string Name, int Number), PromptVersionView>();
        foreach (var project in keys.GroupBy(k => k.Project))
        {
            var scope = await access.RequireAsync(caller, project.Key, cancellationToken);
            var versions = await Task.WhenAll(project.Select(k => scope.Prompt(k.Name).FindVersionAsync(k.Number)));
            foreach (var (key, version) in project.Zip(versions))
                if (version is not null) found[key] = version;
        }
        return found;
    }
}
