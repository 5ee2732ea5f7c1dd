using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Projects;

/// <summary>A project; the key is <c>organization/project</c>.</summary>
[Alias("IProjectGrain")]
public interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>Makes the project, unless it is there already.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: it is there, made by another request of the same name.</exception>
    [Alias("CreateAsync")]
    Task CreateAsync(string slug, string name, RequestKey? request = null);

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
    /// <summary>Makes a project of this slug. The same request again gets the project it has made, whose slug may be another.</summary>
    /// <returns>The project, or null when the slug is taken.</returns>
    /// <exception cref="RequestFailedException">CONFLICT: there are too many, or another request of the same name has made one.</exception>
    [Alias("CreateAsync")]
    Task<ProjectView?> CreateAsync(string slug, string name, RequestKey? request = null);

    /// <summary>All projects, in the order in which they were made.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<ProjectView>> ListAsync();
}
