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
    private static readonly PermissionSet Sending = RolePermissions.Of(ApiKeyScope.Ingest);

    public async ValueTask<ProjectScope> RequireAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken)
    {
        var scope = await RequireAsync(caller, project, cancellationToken);
        return scope.Has(permission) ? scope : throw Lacking(scope.Role, permission);
    }

    public async ValueTask<ProjectScope> RequireAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var scope = caller.UserId is { } userId ? await FindForPersonAsync(userId, project) : await FindForKeyAsync(caller, project);
        if (scope is null) throw Failure.NotFound();
        CallScope.Admit(project.ToString());
        return scope;
    }

    public async ValueTask<OrganizationScope> RequireOrganizationAsync(
        Caller caller, string organization, Permission? permission, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var scope = caller.UserId is { } userId
            ? await FindInOrganizationAsync(userId, organization)
            : caller.Project?.Organization == organization ? new OrganizationScope(grains, organization) : null;
        if (scope is null) throw Failure.NotFound();
        if (scope.UserId is not null) CallScope.Admit(organization);
        return permission is { } wanted && !scope.Has(wanted) ? throw Lacking(scope.Role, wanted) : scope;
    }

    public async ValueTask<PermissionSet?> FindPermissionsAsync(string userId, ProjectKey project, CancellationToken cancellationToken) =>
        await ExistsAsync(project) && await FindRoleAsync(userId, project) is { } role ? RolePermissions.Of(role) : null;

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

    private async Task<OrganizationScope?> FindInOrganizationAsync(string userId, string organization)
    {
        var member = RandomId.IsWellFormed(organization) ? await grains.GetGrain<IOrganizationGrain>(organization).FindMemberAsync(userId) : null;
        return member is null
            ? null
            : new OrganizationScope(grains, organization) { UserId = userId, Role = member.Role, Permissions = RolePermissions.Of(member.Role) };
    }

    private async ValueTask AskAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken) =>
        await Reopening.AskAsync(() => RecheckAsync(caller, project, permission, cancellationToken), clock, cancellationToken);

    private async ValueTask<ProjectScope> RecheckAsync(Caller caller, ProjectKey project, Permission permission, CancellationToken cancellationToken)
    {
        if (!await credentials.StillHoldsAsync(caller, cancellationToken)) throw Failure.Unauthenticated();
        return await RequireAsync(caller, project, permission, cancellationToken);
    }

    private async ValueTask<ProjectScope?> FindForPersonAsync(string userId, ProjectKey project)
    {
        if (!await ExistsAsync(project) || await FindRoleAsync(userId, project) is not { } role) return null;
        return new ProjectScope(grains, project, Viewer.Person(userId))
        {
            UserId = userId,
            PersonId = userId,
            Role = role,
            Permissions = RolePermissions.Of(role),
        };
    }

    /// <summary>A key does what its scopes say, as far as the person it acts for may do that now; and it is blind where that person is, as long as
    /// they may review, else where anybody is. One that only brings things in reads nothing, so nobody is asked for it at each use:
    /// it is revoked in the step in which its person may bring nothing in any more.</summary>
    private async ValueTask<ProjectScope?> FindForKeyAsync(Caller caller, ProjectKey project)
    {
        if (caller.Project != project || !await ExistsAsync(project)) return null;
        var permissions = RolePermissions.Of(caller.Scopes);
        if (caller.OnBehalfOf is not { } person || permissions == Sending)
            return new ProjectScope(grains, project, Viewer.Anybody) { Permissions = permissions };
        var role = await FindRoleAsync(person, project) ?? throw new RequestFailedException(
            FailureCode.Unauthenticated, "The person this API key acts for has left the organization. Ask for a key of somebody who is a member.");
        var held = RolePermissions.Of(role);
        var viewer = held.Has(Permission.Review) ? Viewer.Person(person) : Viewer.Anybody;
        return new ProjectScope(grains, project, viewer) { PersonId = person, Permissions = permissions.Within(held) };
    }

    private async ValueTask<Role?> FindRoleAsync(string userId, ProjectKey project) =>
        (await grains.GetGrain<IOrganizationGrain>(project.Organization).FindMemberAsync(userId))?.RoleIn(project.Project);

    private async Task<bool> ExistsAsync(ProjectKey project) => await grains.GetGrain<IProjectGrain>(project.ToString()).FindAsync() is not null;

    private static RequestFailedException Lacking(Role? role, Permission permission)
    {
        var wanted = JsonNamingPolicy.SnakeCaseUpper.ConvertName(permission.ToString());
        return Failure.Forbidden(role is { } known
            ? $"This needs the permission {wanted}, which your role {JsonNamingPolicy.SnakeCaseUpper.ConvertName(known.ToString())} does not have "
                + "here. Ask an owner or admin of the organization."
            : $"This needs the permission {wanted}, which this API key does not have: its scopes do not include it, or the person it acts for does not "
                + "have it.");
    }
}
