using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.Grains;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Kernel.Payloads;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.Api;

internal sealed record CreateOrganizationInput(string Name, string? Slug, string? RequestId = null);

internal sealed record InviteMemberInput(string OrganizationId, string Email, Role Role, string? RequestId = null);

internal sealed record AcceptInvitationInput(string Token);

internal sealed record RequestToJoinInput(string Token);

internal sealed record SetMemberRoleInput(string OrganizationId, string UserId, Role Role, string? ProjectId, string? KeysToUserId = null);

internal sealed record ClearProjectRoleInput(string OrganizationId, string UserId, string ProjectId, string? KeysToUserId = null);

internal sealed record RemoveMemberInput(string OrganizationId, string UserId, string? KeysToUserId = null);

internal sealed record InvitationPayload(InvitationView Invitation, string AcceptUrl);

internal sealed record RequestToJoinPayload(DateTimeOffset RequestedAt);

internal sealed record MembershipPayload(MembershipView Membership);

[ResolversFor("Mutation")]
internal sealed class OrganizationMutations(
    IGrainFactory grains, IAccessControl access, OrganizationCreation organizations, Accounts accounts, Joining joining, IProjectDirectory projects,
    IAuditLog audit)
{
    public async Task<OrganizationPayload> CreateOrganization(CreateOrganizationInput input, Caller caller, CancellationToken cancellationToken)
    {
        var userId = RequirePerson(caller);
        var id = await organizations.CreateAsync(input.Name, input.Slug, userId, RequestKey.Of(caller, "", "createOrganization", input.RequestId, input));
        var scope = await access.RequireOrganizationAsync(caller, id, null, cancellationToken);
        await WriteAsync(id, caller, AuditActions.OrganizationCreated, NodeId.Format(NodeKinds.Organization, id), cancellationToken, once: id);
        return new OrganizationPayload(await OrganizationAsync(scope));
    }

    public async Task<InvitationPayload> InviteMember(InviteMemberInput input, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await RequireManagerAsync(input.OrganizationId, caller, cancellationToken);
        var id = scope.Organization;
        var request = RequestKey.Of(caller, id, "inviteMember", input.RequestId, input);
        var token = InvitationToken.New(id, request);
        var invitation = new NewInvitation(token.InvitationId, EmailAddress.Require(input.Email), input.Role, token.SecretHash) { Request = request };
        var view = await scope.Members().InviteAsync(caller.UserId!, invitation);
        await WriteAsync(id, caller, AuditActions.MemberInvited, view.Email, cancellationToken, once: view.InvitationId);
        return new InvitationPayload(view, $"/join/{token}");
    }

    public async Task<OrganizationPayload> AcceptInvitation(AcceptInvitationInput input, Caller caller, CancellationToken cancellationToken) =>
        new(await joining.AcceptAsync(input.Token, caller, cancellationToken));

    public async Task<RequestToJoinPayload> RequestToJoin(RequestToJoinInput input, Caller caller, CancellationToken cancellationToken) =>
        new((await joining.AskAsync(input.Token, caller, cancellationToken)).RequestedAt);

    public async Task<MembershipPayload> ConfirmJoinRequest(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (scope, requestId) = await RequireManagerOfAsync(input.Id, NodeKinds.JoinRequest, caller, cancellationToken);
        var waiting = (await scope.Members().JoinRequestsAsync()).FirstOrDefault(r => r.RequestId == requestId);
        if (waiting is not null) await accounts.RequireNoNamesakeAsync(scope.Organization, waiting.Email, waiting.UserId);
        if (waiting is not null) await grains.GetGrain<IUserGrain>(waiting.UserId).RememberOrganizationAsync(scope.Organization);
        var membership = await scope.Members().ConfirmJoinAsync(caller.UserId!, requestId);
        var target = NodeId.Format(NodeKinds.User, membership.UserId);
        await WriteAsync(scope.Organization, caller, AuditActions.JoinConfirmed, target, cancellationToken, once: requestId);
        return new MembershipPayload(membership);
    }

    public async Task<OrganizationPayload> DeclineJoinRequest(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (scope, requestId) = await RequireManagerOfAsync(input.Id, NodeKinds.JoinRequest, caller, cancellationToken);
        await scope.Members().DeclineJoinAsync(caller.UserId!, requestId);
        await WriteAsync(scope.Organization, caller, AuditActions.JoinDeclined, input.Id, cancellationToken, once: requestId);
        return new OrganizationPayload(await OrganizationAsync(scope));
    }

    public async Task<OrganizationPayload> RevokeInvitation(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (scope, invitationId) = await RequireManagerOfAsync(input.Id, NodeKinds.Invitation, caller, cancellationToken);
        var revoked = await scope.Members().RevokeInvitationAsync(caller.UserId!, invitationId);
        await WriteAsync(scope.Organization, caller, AuditActions.InvitationRevoked, revoked.Email, cancellationToken, once: invitationId);
        return new OrganizationPayload(await OrganizationAsync(scope));
    }

    public async Task<MembershipPayload> SetMemberRole(SetMemberRoleInput input, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await RequireManagerAsync(input.OrganizationId, caller, cancellationToken);
        var id = scope.Organization;
        var userId = NodeId.Parse(input.UserId, NodeKinds.User);
        var projectId = input.ProjectId is null ? null : await RequireProjectAsync(input.ProjectId, id, cancellationToken);
        var membership = await scope.Members().SetRoleAsync(
            caller.UserId!, userId, input.Role, projectId, await HandoverAsync(scope, input.KeysToUserId, caller));
        await WriteAsync(id, caller, AuditActions.MemberRole(input.Role), input.UserId, cancellationToken);
        return new MembershipPayload(membership);
    }

    public async Task<MembershipPayload> ClearProjectRole(ClearProjectRoleInput input, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await RequireManagerAsync(input.OrganizationId, caller, cancellationToken);
        var userId = NodeId.Parse(input.UserId, NodeKinds.User);
        var projectId = await RequireProjectAsync(input.ProjectId, scope.Organization, cancellationToken);
        var membership = await scope.Members().ClearProjectRoleAsync(caller.UserId!, userId, projectId, await HandoverAsync(scope, input.KeysToUserId, caller));
        await WriteAsync(scope.Organization, caller, AuditActions.ProjectRoleCleared, input.UserId, cancellationToken);
        return new MembershipPayload(membership);
    }

    /// <summary>People may remove themselves, whatever their role.</summary>
    public async Task<OrganizationPayload> RemoveMember(RemoveMemberInput input, Caller caller, CancellationToken cancellationToken)
    {
        var id = NodeId.Parse(input.OrganizationId, NodeKinds.Organization);
        var userId = NodeId.Parse(input.UserId, NodeKinds.User);
        var scope = await access.RequireOrganizationAsync(caller, id, userId == caller.UserId ? null : Permission.ManageMembers, cancellationToken);
        var organization = await OrganizationAsync(scope);
        await scope.Members().RemoveMemberAsync(caller.UserId!, userId, await HandoverAsync(scope, input.KeysToUserId, caller));
        await grains.GetGrain<IUserGrain>(userId).ForgetOrganizationAsync(id);
        await WriteAsync(id, caller, AuditActions.MemberRemoved, input.UserId, cancellationToken);
        return new OrganizationPayload(organization);
    }

    private static async Task<KeyHandover> HandoverAsync(OrganizationScope scope, string? toUserId, Caller caller)
    {
        if (toUserId is null) return new KeyHandover(null, caller.Address);
        var heir = await scope.Members().FindMemberAsync(NodeId.Parse(toUserId, NodeKinds.User)) ?? throw Failure.NotFound();
        return new KeyHandover(heir.UserId, caller.Address);
    }

    private async Task<(OrganizationScope Scope, string Key)> RequireManagerOfAsync(
        string id, string kind, Caller caller, CancellationToken cancellationToken)
    {
        if (NodeId.Parse(id, kind).Split('/') is not [var organization, var key]) throw Failure.NotFound();
        return (await access.RequireOrganizationAsync(caller, organization, Permission.ManageMembers, cancellationToken), key);
    }

    private static string RequirePerson(Caller caller)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        return caller.UserId ?? throw Failure.Forbidden("This is for people, not for API keys; sign in.");
    }

    private ValueTask<OrganizationScope> RequireManagerAsync(string organizationId, Caller caller, CancellationToken cancellationToken) =>
        access.RequireOrganizationAsync(caller, NodeId.Parse(organizationId, NodeKinds.Organization), Permission.ManageMembers, cancellationToken);

    private async Task<string> RequireProjectAsync(string projectId, string organization, CancellationToken cancellationToken)
    {
        var key = NodeId.ParseProject(projectId);
        var known = key.Organization == organization && await projects.FindAsync(key, cancellationToken) is not null;
        return known ? key.Project : throw Failure.NotFound();
    }

    private static async Task<OrganizationView> OrganizationAsync(OrganizationScope scope) =>
        await scope.Members().FindAsync() ?? throw Failure.NotFound();

    private ValueTask WriteAsync(string organization, Caller caller, string action, string target, CancellationToken cancellationToken, string? once = null) =>
        audit.AppendAsync(organization, AuditEntry.By(caller, action, target) with { Once = once }, cancellationToken);
}
