using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Kernel.Payloads;
using Plumbline.Features.Projects.State;
using Plumbline.GraphQL;

namespace Plumbline.Features.Projects.Api;

internal sealed record CreateProjectInput(string OrganizationId, string Name, string? Slug, string? RequestId = null);

internal sealed record UpdateProjectSettingsInput(
    string ProjectId, Optional<int?> RetentionDays, Optional<IReadOnlyList<RedactionRuleInput>> Redaction, Optional<double?> SampleRate);

internal sealed record RedactionRuleInput(string Name, RedactionKind Kind, string? Pattern, RedactionAction Action)
{
    public RedactionRule Rule() => new(Name, Kind, Pattern, Action);
}

[ResolversFor("Mutation")]
internal sealed class ProjectMutations(
    IProjectDirectory projects, IAccessControl access, IAuditLog audit, IOptions<ProjectsOptions> options, TimeProvider clock)
{
    private const int SlugAttempts = 50;

    public async Task<ProjectPayload> CreateProject(CreateProjectInput input, Caller caller, CancellationToken cancellationToken)
    {
        var organization = NodeId.Parse(input.OrganizationId, NodeKinds.Organization);
        var scope = await access.RequireOrganizationAsync(caller, organization, Permission.ManageProject, cancellationToken);
        var request = RequestKey.Of(caller, organization, "createProject", input.RequestId, input);
        var project = await CreateAsync(scope.Projects(), DisplayName.Require(input.Name, "a project"), input.Slug, request);
        await audit.AppendAsync(
            organization, AuditEntry.By(caller, AuditActions.ProjectCreated, project.Id, project.Key) with { Once = project.Key.Project },
            cancellationToken);
        return new ProjectPayload(project);
    }

    public async Task<ProjectPayload> UpdateProjectSettings(UpdateProjectSettingsInput input, Caller caller, CancellationToken cancellationToken)
    {
        var key = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, key, Permission.ManageProject, cancellationToken);
        var settings = Changed(await projects.SettingsAsync(key, cancellationToken), input);
        await scope.Settings().UpdateSettingsAsync(settings);
        await audit.AppendAsync(key.Organization, AuditEntry.By(caller, AuditActions.ProjectSettingsChanged, input.ProjectId, key), cancellationToken);
        return new ProjectPayload(await projects.FindAsync(key, cancellationToken) ?? throw Failure.NotFound());
    }

    private ProjectSettings Changed(ProjectSettings settings, UpdateProjectSettingsInput input)
    {
        var rules = input.Redaction.Value?.Select(r => r.Rule()).ToArray();
        if (input.SampleRate.Value is { } rate) settings = ProjectSettingsRules.WithSampleRate(settings, rate, clock.GetUtcNow(), options.Value);
        return settings with
        {
            RetentionDays = input.RetentionDays.HasValue ? ProjectSettingsRules.Retention(input.RetentionDays.Value, options.Value) : settings.RetentionDays,
            Redaction = rules is null ? settings.Redaction : ProjectSettingsRules.Redaction(rules, options.Value),
        };
    }

    private async Task<ProjectView> CreateAsync(IOrganizationProjectsGrain all, string name, string? slug, RequestKey? request)
    {
        if (slug is not null)
            return await all.CreateAsync(Slug.Require(slug), name, request)
                ?? throw Failure.Conflict($"The slug '{slug}' is taken in this organization. Choose another.");
        for (var number = 1; number <= SlugAttempts; number++)
            if (await all.CreateAsync(Slug.Numbered(Slug.From(name), number), name, request) is { } project) return project;
        throw Failure.Conflict("Many projects have this name. Choose a slug.");
    }
}
