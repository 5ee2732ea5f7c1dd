using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Kernel.Payloads;
using Plumbline.Features.Playground.Providers;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

internal sealed record ModelProviderPayload(ModelProviderView Provider);

[ResolversFor("Project")]
internal sealed class ProjectProviderResolvers(IAccessControl access)
{
    public async Task<IReadOnlyList<ModelProviderView>> Providers([Parent] ProjectView project, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project.Key, cancellationToken);
        if (!scope.Has(Permission.RunPlayground) && !scope.Has(Permission.ManageProject))
            throw Failure.Forbidden("Your role does not include the playground.");
        return await scope.Providers().ListAsync();
    }
}

[ResolversFor("ModelProvider")]
internal sealed class ProviderResolvers
{
    /// <summary>It grows by what every run costs.</summary>
    public async Task<decimal?> SpentThisMonthUsd([Parent] ModelProviderView provider, PendingLoader pending) =>
        await pending.LoadAsync(provider.Project) ? null : provider.SpentThisMonthUsd;
}

[ResolversFor("Mutation")]
internal sealed class ProviderMutations(
    IAccessControl access, IAuditLog audit, IProjectDirectory projects, ProviderSecrets secrets, IOptions<PlaygroundOptions> options)
{
    private const int LongestSecret = 4_000;

    public async Task<ModelProviderPayload> SaveModelProvider(SaveModelProviderInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.ManageProject, cancellationToken);
        if (input.Kind == ModelProviderKind.Demo) throw Failure.BadInput("The demo provider is built in; there is nothing to save.");
        if (input.ApiKey is { Length: 0 or > LongestSecret } || input.ApiKey?.Any(c => c is < '!' or > '~') == true)
            throw Failure.BadInput("apiKey is not a valid key: it is empty, too long, or holds blanks.");
        var request = RequestKey.Of(caller, project.ToString(), "saveModelProvider", input.RequestId, input);
        var provider = await scope.Providers().SaveAsync(new()
        {
            ProviderId = input.Id is null ? null : ProviderId(input.Id, project),
            Name = DisplayName.Require(input.Name, "a provider"),
            Kind = input.Kind,
            BaseUrl = ProviderRules.BaseUrl(input.BaseUrl, input.Kind, options.Value),
            SealedSecret = input.ApiKey is null ? null : secrets.Seal(project, input.ApiKey),
            SecretHint = input.ApiKey is null ? null : ProviderRules.Hint(input.ApiKey),
            Models = [.. ProviderRules.Models(input.Models, options.Value)],
            MonthlyBudgetUsd = ProviderRules.Budget(input.MonthlyBudgetUsd),
            Request = request,
        });
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ProviderSaved, provider.Id, project) with { Once = request?.Id },
            cancellationToken);
        return new(provider);
    }

    public async Task<ProjectPayload> DeleteModelProvider(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, id) = NodeId.ParseInProject(input.Id, NodeKinds.ModelProvider);
        var scope = await access.RequireAsync(caller, project, Permission.ManageProject, cancellationToken);
        if (id == ModelProviderView.DemoId) throw Failure.BadInput("The demo provider is built in and stays.");
        _ = await scope.Providers().FindAsync(id) ?? throw Failure.NotFound();
        // Said first: when the answer to the deletion is lost, it cannot be asked for again.
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ProviderDeleted, input.Id, project) with { Once = id }, cancellationToken);
        await scope.Providers().DeleteAsync(id);
        return new(await projects.FindAsync(project, cancellationToken) ?? throw Failure.NotFound());
    }

    internal static string ProviderId(string id, ProjectKey project) =>
        NodeId.ParseInProject(id, NodeKinds.ModelProvider) is var (owner, providerId) && owner == project ? providerId : throw Failure.NotFound();
}

/// <summary>Providers by <c>node(id)</c>.</summary>
internal sealed class ProviderNode(IAccessControl access) : INodeResolver
{
    public string Kind => NodeKinds.ModelProvider;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var id)) return null;
        var scope = await access.RequireAsync(caller, project, Permission.RunPlayground, cancellationToken);
        return (await scope.Providers().FindAsync(id))?.Provider;
    }
}
