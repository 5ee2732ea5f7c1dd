using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.GraphQL;

namespace Plumbline.Features.Projects.Api;

[ResolversFor("Query")]
internal sealed class ProjectQuery(IProjectDirectory projects, IAccessControl access)
{
    public async Task<ProjectView?> Project(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var key = NodeId.ParseProject(id);
        await access.RequireAsync(caller, key, cancellationToken);
        return await projects.FindAsync(key, cancellationToken);
    }
}

[ResolversFor("Organization")]
internal sealed class OrganizationProjectResolvers(IAccessControl access)
{
    /// <summary>A key sees its own project alone.</summary>
    public async Task<IReadOnlyList<ProjectView>> Projects([Parent] OrganizationView organization, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, organization.OrganizationId, null, cancellationToken);
        var projects = await scope.Projects().ListAsync();
        return caller.Project is { } own ? [.. projects.Where(p => p.Key == own)] : projects;
    }
}

[ResolversFor("Project")]
internal sealed class ProjectResolvers(IProjectDirectory projects, IOrganizationDirectory organizations, IAccessControl access)
{
    public async Task<OrganizationView> Organization([Parent] ProjectView project, CancellationToken cancellationToken) =>
        await organizations.FindAsync(project.Key.Organization, cancellationToken) ?? throw Failure.NotFound();

    /// <summary>What is kept is for those who read what is kept; the patterns, which tell what is looked for, for those who set them.</summary>
    public async Task<ProjectSettings> Settings([Parent] ProjectView project, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project.Key, cancellationToken);
        if (!scope.Has(Permission.ManageProject)) await access.RequireAsync(caller, project.Key, Permission.ReadTraces, cancellationToken);
        var settings = await projects.SettingsAsync(project.Key, cancellationToken);
        return scope.Has(Permission.ManageProject)
            ? settings
            : settings with { Redaction = [.. settings.Redaction.Select(r => r with { Pattern = null })] };
    }
}

/// <summary>Projects by <c>node(id)</c>.</summary>
internal sealed class ProjectNode(IProjectDirectory projects, IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.Project;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TryParse(key, out var project)) return null;
        await access.RequireAsync(caller, project, cancellationToken);
        return await projects.FindAsync(project, cancellationToken);
    }
}
