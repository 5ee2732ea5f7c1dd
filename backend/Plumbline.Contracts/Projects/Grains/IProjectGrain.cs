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
