using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Projects.Api;
using Plumbline.Features.Projects.Grains;
using Plumbline.GraphQL;

namespace Plumbline.Features.Projects;

/// <summary>Projects and their settings.</summary>
public static class ProjectsFeature
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddOptions<ProjectsOptions>();
        services.AddSingleton<IProjectDirectory, ProjectDirectory>();
        services.AddSingleton<INodeResolver, ProjectNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddProjects(this GraphQLBuilder graph) => graph
        .AddResolvers<ProjectQuery>()
        .AddResolvers<OrganizationProjectResolvers>()
        .AddResolvers<ProjectResolvers>()
        .AddResolvers<ProjectMutations>()
        .BindType<ProjectView>("Project");
}
