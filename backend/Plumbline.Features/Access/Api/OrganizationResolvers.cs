using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Access.Api;

[ResolversFor("Query")]
internal sealed class OrganizationQuery(IGrainFactory grains, IAccessControl access)
{
    public async Task<OrganizationView?> Organization(string slug, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        var id = Slug.IsWellFormed(slug) ? await grains.GetGrain<IOrganizationSlugGrain>(slug).FindAsync() : null;
        if (id is null) throw Failure.NotFound();
        var scope = await access.RequireOrganizationAsync(caller, id, null, cancellationToken);
        return await scope.Members().FindAsync();
    }
}

[ResolversFor("Organization")]
internal sealed class OrganizationResolvers(IAccessControl access)
{
    /// <summary>Whoever only reviews sees themselves: the people they work with are named where they work.</summary>
    public async Task<Connection<MembershipView>> Members(
        [Parent] OrganizationView organization, int first, string? after, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, organization.OrganizationId, null, cancellationToken);
        if (scope.UserId is null) throw Failure.Forbidden("API keys cannot list the members of an organization; sign in.");
        var all = await scope.Members().MembersAsync();
        var self = all.First(m => m.UserId == scope.UserId);
        var members = self.SeesMembers() ? all : [self];
        return Connection.Page(members, first, after, m => m.UserId);
    }

    public async Task<IReadOnlyList<InvitationView>> Invitations([Parent] OrganizationView organization, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, organization.OrganizationId, Permission.ManageMembers, cancellationToken);
        return await scope.Members().InvitationsAsync();
    }

    public async Task<IReadOnlyList<JoinRequestView>> JoinRequests([Parent] OrganizationView organization, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, organization.OrganizationId, Permission.ManageMembers, cancellationToken);
        return await scope.Members().JoinRequestsAsync();
    }
}

[ResolversFor("Membership")]
internal sealed class MembershipResolvers(IProjectDirectory projects, IAccessControl access)
{
    /// <summary>What goes with a member who leaves, or who gets another role; for those who decide that.</summary>
    public async Task<IReadOnlyList<ApiKeyView>> ApiKeys(
        [Parent] MembershipView membership, Role? beyond, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireOrganizationAsync(caller, membership.Organization, Permission.ManageMembers, cancellationToken);
        return await scope.Members().KeysOfAsync(membership.UserId, beyond);
    }

    public async Task<UserView> User([Parent] MembershipView membership, UserLoader users) =>
        await users.GetAsync(membership.UserId);

    public async Task<IReadOnlyList<ProjectRoleView>> ProjectRoles([Parent] MembershipView membership, CancellationToken cancellationToken)
    {
        var roles = new List<ProjectRoleView>(membership.ProjectRoleEntries.Length);
        foreach (var entry in membership.ProjectRoleEntries)
            if (await projects.FindAsync(new ProjectKey(membership.Organization, entry.ProjectId), cancellationToken) is { } project)
                roles.Add(new ProjectRoleView(project, entry.Role));
        return roles;
    }
}

/// <summary>A role that differs in one project: type ProjectRole.</summary>
internal sealed record ProjectRoleView(ProjectView Project, Role Role);

[ResolversFor("Invitation")]
internal sealed class InvitationResolvers
{
    public async Task<UserView> InvitedBy([Parent] InvitationView invitation, UserLoader users) =>
        await users.GetAsync(invitation.InvitedById);
}

[ResolversFor("JoinRequest")]
internal sealed class JoinRequestResolvers
{
    public async Task<UserView> User([Parent] JoinRequestView request, UserLoader users) => await users.GetAsync(request.UserId);
}
