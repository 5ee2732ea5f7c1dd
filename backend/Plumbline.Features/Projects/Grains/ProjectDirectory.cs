using Plumbline.Contracts;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Projects.Grains;

/// <inheritdoc cref="IProjectDirectory"/>
internal sealed class ProjectDirectory(IGrainFactory grains) : IProjectDirectory
{
    public async ValueTask<ProjectView?> FindAsync(ProjectKey project, CancellationToken cancellationToken) =>
        await grains.GetGrain<IProjectGrain>(project.ToString()).FindAsync();

    public async ValueTask<ProjectSettings> SettingsAsync(ProjectKey project, CancellationToken cancellationToken) =>
        await grains.GetGrain<IProjectGrain>(project.ToString()).SettingsAsync();
}
