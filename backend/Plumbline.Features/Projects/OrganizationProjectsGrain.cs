using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Projects;

/// <inheritdoc cref="IOrganizationProjectsGrain"/>
/// <remarks>The slug is taken before the project is made: a crash between them leaves a slug that the next attempt takes over.</remarks>
[GrainType("organizationprojects")]
internal sealed class OrganizationProjectsGrain(
    [PersistentState("organizationprojects", "grains")] IPersistentState<OrganizationProjectsState> stored, IOptions<ProjectsOptions> options)
    : Grain, IOrganizationProjectsGrain
{
    public async Task<ProjectView?> CreateAsync(string slug, string name)
    {
        var entry = stored.State.Find(slug);
        if (entry is not null && await Project(entry).FindAsync() is not null) return null;
        if (entry is null)
        {
            if (stored.State.Projects.Length >= options.Value.MaxProjectsPerOrganization)
                throw Failure.Conflict($"The organization has {stored.State.Projects.Length} projects, the most it can have.");
            entry = new ProjectEntry(RandomId.New(), slug);
            await stored.SaveAsync(stored.State with { Projects = stored.State.Projects.Add(entry) });
        }
        await Project(entry).CreateAsync(slug, name);
        return await Project(entry).FindAsync();
    }

    public async Task<ImmutableArray<ProjectView>> ListAsync()
    {
        var projects = await Task.WhenAll(stored.State.Projects.Select(p => Project(p).FindAsync()));
        return [.. projects.OfType<ProjectView>()];
    }

    private IProjectGrain Project(ProjectEntry entry) =>
        GrainFactory.GetGrain<IProjectGrain>(new ProjectKey(this.GetPrimaryKeyString(), entry.ProjectId).ToString());
}
