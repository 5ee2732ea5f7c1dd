using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Access.Control;

/// <inheritdoc cref="IAccessControl"/>
internal sealed class AccessControl(IGrainFactory grains, ICredentials credentials, OpenSubscriptions subscriptions, TimeProvider clock) : IAccessControl
{
    public async ValueTask<ProjectAccess> RequireAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken)
    {
        var access = await RequireAsync(caller, project, cancellationToken);
        return access.Has(permission) ? access : throw Lacking(access.Role, permission);
    }

    public async ValueTask<ProjectAccess> RequireAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var access = caller.UserId is { } userId
            ? await FindAsync(userId, project, cancellationToken)
            : await FindForKeyAsync(caller, project);
        if (access is null) throw Failure.NotFound();
        CallScope.Admit(project.ToString());
        return access;
    }

    public async ValueTask<OrganizationAccess> RequireOrganizationAsync(
        Caller caller, string organization, Permission? permission, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var access = caller.UserId is { } userId
            ? await FindInOrganizationAsync(userId, organization)
            : caller.Project?.Organization == organization ? new OrganizationAccess(organization, null, null, PermissionSet.None) : null;
        if (access is null) throw Failure.NotFound();
        if (access.UserId is not null) CallScope.Admit(organization);
        return permission is { } wanted && !access.Has(wanted) ? throw Lacking(access.Role, wanted) : access;
    }

    public async ValueTask<ProjectAccess?> FindAsync(string userId, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(project)) return null;
        var member = await grains.GetGrain<IOrganizationGrain>(project.Organization).FindMemberAsync(userId);
        if (member is null) return null;
        var role = member.RoleIn(project.Project);
        return new ProjectAccess(project, userId, role, RolePermissions.Of(role));
    }

    public async IAsyncEnumerable<T> WhileAllowedAsync<T>(
        Caller caller, ProjectKey project, Permission permission, IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await RecheckAsync(caller, project, permission, cancellationToken);
        using var place = subscriptions.Enter(new(caller.CredentialHash!, project, permission), ct => AskAsync(caller, project, permission, ct));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = source.GetAsyncEnumerator(stop.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                var first = await Task.WhenAny(next, place.Refused).WaitAsync(cancellationToken);
                if (first == place.Refused) await first;
                // Each item by itself: none is shown on the word of a moment ago.
                await AskAsync(caller, project, permission, cancellationToken);
                if (!await next) yield break;
                var item = items.Current;
                yield return item;
                next = items.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await items.DisposeAsync();
        }
    }

    private async Task<OrganizationAccess?> FindInOrganizationAsync(string userId, string organization)
    {
        var member = RandomId.IsWellFormed(organization) ? await grains.GetGrain<IOrganizationGrain>(organization).FindMemberAsync(userId) : null;
        return member is null ? null : new OrganizationAccess(organization, userId, member.Role, RolePermissions.Of(member.Role));
    }

    private async ValueTask AskAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken) =>
        await Reopening.AskAsync(() => RecheckAsync(caller, project, permission, cancellationToken), clock, cancellationToken);

    private async ValueTask<ProjectAccess> RecheckAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken)
    {
        if (!await credentials.StillHoldsAsync(caller, cancellationToken)) throw Failure.Unauthenticated();
        return await RequireAsync(caller, project, permission, cancellationToken);
    }

    private async ValueTask<ProjectAccess?> FindForKeyAsync(Caller caller, ProjectKey project) =>
        caller.Project == project && await ExistsAsync(project)
            ? new ProjectAccess(project, null, null, RolePermissions.Of(caller.Scopes))
            : null;

    private async Task<bool> ExistsAsync(ProjectKey project) => await grains.GetGrain<IProjectGrain>(project.ToString()).FindAsync() is not null;

    private static RequestFailedException Lacking(Role? role, Permission permission)
    {
        var wanted = JsonNamingPolicy.SnakeCaseUpper.ConvertName(permission.ToString());
        return Failure.Forbidden(role is { } known
            ? $"This needs the permission {wanted}, which your role {JsonNamingPolicy.SnakeCaseUpper.ConvertName(known.ToString())} does not have "
                + "here. Ask an owner or admin of the organization."
            : $"This needs the permission {wanted}, which the scopes of this API key do not include. Create a key with the scope that does.");
    }
}
