using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Prompts.Content;
using Plumbline.Features.Prompts.State;

namespace Plumbline.Features.Prompts.Grains;

[GrainType("prompt")]
internal sealed class PromptGrain(
    [PersistentState("prompt", "grains")] IPersistentState<PromptState> stored,
    TimeProvider clock,
    IOptions<PromptsOptions> options) : Grain, IPromptGrain
{
    private bool _isListed;

    private ProjectKey Project => ProjectKey.Of(this.GetPrimaryKeyString());

    private string Name =>
        ProjectKey.TrySplit(this.GetPrimaryKeyString(), out _, out var name) ? name : throw new FormatException("A prompt's key ends with its name.");

    public Task<PromptView?> FindAsync() => Task.FromResult(stored.State.Exists ? View() : null);

    public async Task<PromptView?> FindOrForgetAsync()
    {
        // In this grain's turn, so that no save is under way that would put the name there.
        if (!stored.State.Exists) await Directory.DropAsync(Name);
        return await FindAsync();
    }

    public Task<PromptVersionView?> FindVersionAsync(int number) => Task.FromResult(stored.State.VersionView(Project, Name, number));

    public Task<PromptVersionView?> FindLabelledAsync(string label) =>
        Task.FromResult(stored.State.Labels.FirstOrDefault(l => l.Name == label) is { } found ? stored.State.VersionView(Project, Name, found.Number) : null);

    public Task<PromptVersionPage> VersionsAsync(int? below, int first)
    {
        var from = Math.Min(below - 1 ?? stored.State.LatestNumber, stored.State.LatestNumber);
        var count = Math.Max(0, Math.Min(first, from));
        var page = Enumerable.Range(0, count).Select(i => stored.State.VersionView(Project, Name, from - i)!);
        return Task.FromResult(new PromptVersionPage([.. page], from - count > 0, stored.State.LatestNumber));
    }

    public async Task<SavedPromptVersion> SaveAsync(NewPromptVersion version)
    {
        if (version.Note?.Length > options.Value.MaxNoteLength) throw Failure.BadInput($"The note is longer than {options.Value.MaxNoteLength} characters.");
        var checkedVersion = version with { Content = PromptContentRules.Require(version.Content, options.Value) };
        var (next, number, created) = stored.State.Save(checkedVersion, PromptHash.Of(checkedVersion.Content), clock.GetUtcNow(), options.Value.MaxVersions);
        // The prompt first: a save that fails leaves no name behind. One that is lost before the list knows of it is asked for again, and
        // every save sees to the list.
        if (!stored.State.Exists) await Directory.RequireRoomAsync(PromptName.Require(Name));
        if (created) await stored.SaveAsync(next);
        if (!_isListed) await PutIntoDirectory(archived: false);
        return new(stored.State.VersionView(Project, Name, number)!, created);
    }

    public async Task<PromptView> SetLabelAsync(string label, int number, string actorId)
    {
        var next = stored.State.SetLabel(PromptName.RequireLabel(label), number, actorId, clock.GetUtcNow(), options.Value.MaxLabels);
        if (next != stored.State) await stored.SaveAsync(next);
        return View();
    }

    public async Task<PromptView> SetArchivedAsync(bool archived)
    {
        if (!stored.State.Exists) throw Failure.NotFound();
        var next = stored.State.SetArchived(archived, clock.GetUtcNow());
        if (next != stored.State) await stored.SaveAsync(next);
        await PutIntoDirectory(archived);
        return View();
    }

    private PromptView View() => stored.State.View(Project, Name);

    private IPromptDirectoryGrain Directory => GrainFactory.GetGrain<IPromptDirectoryGrain>(Project.ToString());

    private async Task PutIntoDirectory(bool archived)
    {
        _isListed = false;
        await Directory.PutAsync(new(Name, archived));
        _isListed = true;
    }
}
