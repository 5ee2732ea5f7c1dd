using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Projects;

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
