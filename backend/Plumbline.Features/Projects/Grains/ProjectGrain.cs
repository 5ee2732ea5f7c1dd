using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Projects.State;

namespace Plumbline.Features.Projects.Grains;

[GrainType("project")]
internal sealed class ProjectGrain([PersistentState("project", "grains")] IPersistentState<ProjectState> stored, TimeProvider clock) : Grain, IProjectGrain
{
    public async Task CreateAsync(string slug, string name, RequestKey? request = null)
    {
        if (stored.State.Exists) request?.RequireSame(stored.State.RequestContent);
        else await stored.SaveAsync(new ProjectState { Slug = slug, Name = name, CreatedAt = clock.GetUtcNow(), RequestContent = request?.Content });
    }

    public Task<ProjectView?> FindAsync() =>
        Task.FromResult(stored.State.Exists ? stored.State.View(ProjectKey.Parse(this.GetPrimaryKeyString())) : null);

    public Task<ProjectSettings> SettingsAsync() => Task.FromResult(stored.State.Settings);

    public async Task<ProjectSettings> UpdateSettingsAsync(ProjectSettings settings)
    {
        if (!stored.State.Exists) throw Failure.NotFound();
        await stored.SaveAsync(stored.State with { Settings = settings });
        return settings;
    }
}
