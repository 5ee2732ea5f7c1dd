using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Plumbline.Contracts.Projects;

/// <summary>A project; the key is <c>organization/project</c>.</summary>
public interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>Makes the project, unless it is there already.</summary>
    Task CreateAsync(string slug, string name);

    /// <summary>The project, or null when there is none.</summary>
    [AlwaysInterleave]
    Task<ProjectView?> FindAsync();

    [AlwaysInterleave]
    Task<ProjectSettings> SettingsAsync();

    Task<ProjectSettings> UpdateSettingsAsync(ProjectSettings settings);
}

/// <summary>The projects of an organization; the key is its id. Gives each slug to one project.</summary>
public interface IOrganizationProjectsGrain : IGrainWithStringKey
{
    /// <summary>Makes a project of this slug.</summary>
    /// <returns>The project, or null when the slug is taken.</returns>
    Task<ProjectView?> CreateAsync(string slug, string name);

    /// <summary>All projects, in the order in which they were made.</summary>
    Task<ImmutableArray<ProjectView>> ListAsync();
}
