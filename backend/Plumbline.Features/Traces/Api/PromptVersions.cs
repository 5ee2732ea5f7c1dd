using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Traces.Api;

/// <summary>Finds the prompt version that a span names.</summary>
internal sealed class PromptVersions(IGrainFactory grains)
{
    /// <summary>Null when the span names none, or one that is not kept here.</summary>
    public async ValueTask<PromptVersionView?> FindAsync(ProjectKey project, string? name, string? version) =>
        !string.IsNullOrEmpty(name) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && NodeId.TryParse(NodeId.Format(NodeKinds.Prompt, project, name), out _)
            ? await grains.GetGrain<IPromptGrain>(project.Child(name)).FindVersionAsync(number)
            : null;
}
