using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Prompts;

/// <summary>The prompts of a project.</summary>
[GenerateSerializer, Alias("PromptDirectoryState"), Immutable]
internal sealed record PromptDirectoryState
{
    [Id(0)] public ImmutableArray<PromptEntry> Entries { get; init; } = [];
}

[GrainType("promptdirectory")]
internal sealed class PromptDirectoryGrain(
    [PersistentState("prompts", "grains")] IPersistentState<PromptDirectoryState> stored, IOptions<PromptsOptions> options) : Grain, IPromptDirectoryGrain
{
    public Task<ImmutableArray<PromptEntry>> ListAsync(string? search) => Task.FromResult(
        stored.State.Entries
            .Where(e => string.IsNullOrWhiteSpace(search) || e.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.Archived).ThenBy(e => e.Name, StringComparer.Ordinal)
            .ToImmutableArray());

    public async Task PutAsync(PromptEntry entry)
    {
        var known = stored.State.Entries.FirstOrDefault(e => e.Name == entry.Name);
        if (known == entry) return;
        if (known is null && stored.State.Entries.Length >= options.Value.MaxPrompts)
            throw Failure.BadInput($"The project has {options.Value.MaxPrompts} prompts, the most it may have.");
        var entries = stored.State.Entries;
        await stored.SaveAsync(new PromptDirectoryState { Entries = known is null ? entries.Add(entry) : entries.Replace(known, entry) });
    }
}
