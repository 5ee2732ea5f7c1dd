using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Projects;

/// <summary>A project; the key is <c>organization/project</c>.</summary>
[Alias("IProjectGrain")]
public interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>Makes the project, unless it is there already.</summary>
    [Alias("CreateAsync")]
    Task CreateAsync(string slug, string name);

    /// <summary>The project, or null when there is none.</summary>
    [AlwaysInterleave, Alias("FindAsync"), Repeatable, AcrossTenants]
    Task<ProjectView?> FindAsync();

    [AlwaysInterleave, Alias("SettingsAsync"), Repeatable]
    Task<ProjectSettings> SettingsAsync();

    [Alias("UpdateSettingsAsync")]
    Task<ProjectSettings> UpdateSettingsAsync(ProjectSettings settings);
}

/// <summary>The projects of an organization; the key is its id. Gives each slug to one project.</summary>
[Alias("IOrganizationProjectsGrain")]
public interface IOrganizationProjectsGrain : IGrainWithStringKey
{
    /// <summary>Makes a project of this slug.</summary>
    /// <returns>The project, or null when the slug is taken.</returns>
    [Alias("CreateAsync")]
    Task<ProjectView?> CreateAsync(string slug, string name);

    /// <summary>All projects, in the order in which they were made.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<ProjectView>> ListAsync();
}
