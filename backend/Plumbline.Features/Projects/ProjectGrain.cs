using Plumbline.Contracts;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Projects;

[GrainType("project")]
internal sealed class ProjectGrain([PersistentState("project", "grains")] IPersistentState<ProjectState> stored, TimeProvider clock) : Grain, IProjectGrain
{
    public Task CreateAsync(string slug, string name) => stored.State.Exists
        ? Task.CompletedTask
        : stored.SaveAsync(new ProjectState { Slug = slug, Name = name, CreatedAt = clock.GetUtcNow() });

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
