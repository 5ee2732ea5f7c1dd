using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Projects;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class ProjectGrains
{
    public static IProjectGrain Settings(this ProjectScope scope) => scope.Grain<IProjectGrain>();

    public static IOrganizationProjectsGrain Projects(this OrganizationScope scope) => scope.Grain<IOrganizationProjectsGrain>();
}
