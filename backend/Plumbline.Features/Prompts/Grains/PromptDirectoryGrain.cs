using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Prompts.Grains;

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
    /// <summary>Earlier versions wrote names that no prompt can be stored under.</summary>
    private ImmutableArray<PromptEntry> Entries => stored.State.Entries.All(e => PromptName.IsWellFormed(e.Name))
        ? stored.State.Entries
        : stored.State.Entries.RemoveAll(e => !PromptName.IsWellFormed(e.Name));

    public Task<ImmutableArray<PromptEntry>> ListAsync(string? search) => Task.FromResult(
        Entries
            .Where(e => string.IsNullOrWhiteSpace(search) || e.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.Archived).ThenBy(e => e.Name, StringComparer.Ordinal)
            .ToImmutableArray());

    public Task RequireRoomAsync(string name) => Find(name) is null && Entries.Length >= options.Value.MaxPrompts
        ? throw Failure.BadInput($"The project has {options.Value.MaxPrompts} prompts, the most it may have.")
        : Task.CompletedTask;

    public async Task PutAsync(PromptEntry entry)
    {
        var known = Find(entry.Name);
        if (known == entry) return;
        await stored.SaveAsync(new PromptDirectoryState { Entries = known is null ? Entries.Add(entry) : Entries.Replace(known, entry) });
    }

    public async Task DropAsync(string name)
    {
        if (Find(name) is { } known) await stored.SaveAsync(new PromptDirectoryState { Entries = Entries.Remove(known) });
    }

    private PromptEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);
}
