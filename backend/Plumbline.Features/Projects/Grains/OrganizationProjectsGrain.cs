using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Projects.State;

namespace Plumbline.Features.Projects.Grains;

/// <inheritdoc cref="IOrganizationProjectsGrain"/>
/// <remarks>The slug is taken before the project is made: a crash between them leaves a slug that the next attempt takes over.</remarks>
[GrainType("organizationprojects")]
internal sealed class OrganizationProjectsGrain(
    [PersistentState("organizationprojects", "grains")] IPersistentState<OrganizationProjectsState> stored, IOptions<ProjectsOptions> options)
    : Grain, IOrganizationProjectsGrain
{
    public async Task<ProjectView?> CreateAsync(string slug, string name, RequestKey? request = null)
    {
        var entry = await MadeAsync(stored.State.FindById(request?.Id));
        if (entry is null && await MadeAsync(stored.State.Find(slug)) is not null) return null;
        entry ??= await TakeAsync(new ProjectEntry(request?.Id ?? RandomId.New(), slug));
        await Project(entry).CreateAsync(slug, name, request);
        return await Project(entry).FindAsync();
    }

    public async Task<ImmutableArray<ProjectView>> ListAsync()
    {
        var projects = await Task.WhenAll(stored.State.Projects.Select(p => Project(p).FindAsync()));
        return [.. projects.OfType<ProjectView>()];
    }

    /// <summary>An entry whose project was made, else null.</summary>
    private async Task<ProjectEntry?> MadeAsync(ProjectEntry? entry) => entry is not null && await Project(entry).FindAsync() is not null ? entry : null;

    private async Task<ProjectEntry> TakeAsync(ProjectEntry entry)
    {
        var others = stored.State.Projects.RemoveAll(p => p.Slug == entry.Slug || p.ProjectId == entry.ProjectId);
        if (others.Length >= options.Value.MaxProjectsPerOrganization)
            throw Failure.Conflict($"The organization has {others.Length} projects, the most it can have.");
        await stored.SaveAsync(stored.State with { Projects = others.Add(entry) });
        return entry;
    }

    private IProjectGrain Project(ProjectEntry entry) =>
        GrainFactory.GetGrain<IProjectGrain>(new ProjectKey(this.GetPrimaryKeyString(), entry.ProjectId).ToString());
}
