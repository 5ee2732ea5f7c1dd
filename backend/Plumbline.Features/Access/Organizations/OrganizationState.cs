using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Access.Organizations;

/// <summary>A tenant and the rules about its members. Pure: every change gives the next state or refuses.</summary>
[GenerateSerializer, Alias("OrganizationState"), Immutable]
internal sealed record OrganizationState
{
    [Id(0)] public string Slug { get; init; } = "";

    [Id(1)] public string Name { get; init; } = "";

    [Id(2)] public ImmutableArray<Member> Members { get; init; } = [];

    [Id(3)] public ImmutableArray<OpenInvitation> Invitations { get; init; } = [];

    [Id(4)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(5)] public string? RequestContent { get; init; }

    [Id(6)] public ImmutableArray<SpentInvitation> Spent { get; init; } = [];

    internal bool Exists => Slug.Length > 0;

    public Member? Find(string userId) => Members.FirstOrDefault(m => m.UserId == userId);

    public OrganizationState WithOwner(string userId, DateTimeOffset now) => Find(userId) is null
        ? this with { Members = Members.Add(new Member(userId, Role.Owner, now, MembershipSource.OwnerSetup)) }
        : this;

    /// <summary>With an invitation. A new one for the same address replaces the old one, whose link stops working. The same request again
    /// gives its invitation another link: the first was never seen.</summary>
    public OrganizationState Invite(string actorId, NewInvitation invitation, DateTimeOffset now, AccessOptions options)
    {
        RequireMayGive(RequireManager(actorId), invitation.Role);
        if (Made(invitation.Request, now) is { } made)
            return this with { Invitations = Invitations.Replace(made, made with { TokenHash = invitation.TokenHash }) };
        var open = Invitations.RemoveAll(i => i.ExpiresAt <= now || i.Email == invitation.Email);
        if (open.Length >= options.MaxInvitations)
            throw Failure.Conflict($"There are {open.Length} open invitations already; wait until some are used or expire.");
        var replaced = Invitations.Where(i => i.ExpiresAt > now && i.Email == invitation.Email);
        var added = new OpenInvitation(
            invitation.Id, invitation.Email, invitation.Role, invitation.TokenHash, now + options.InvitationLifetime,
            actorId)
        { RequestContent = invitation.Request?.Content };
        return this with { Invitations = open.Add(added), Spent = With(replaced, null, now, options) };
    }

    public OpenInvitation? FindInvitation(string id, string tokenHash, DateTimeOffset now) =>
        Invitations.FirstOrDefault(i => i.ExpiresAt > now && i.Opens(id, tokenHash));

    /// <summary>The invitation by which somebody became a member a short while ago.</summary>
    public SpentInvitation? FindAccepted(string id, string tokenHash, DateTimeOffset now) =>
        Spent.FirstOrDefault(s => s.By is not null && s.At > now - AnsweredRequest.Kept && s.Invitation.Opens(id, tokenHash) && Find(s.By) is not null);

    public OrganizationState Accept(string id, string tokenHash, string userId, DateTimeOffset now, AccessOptions options)
    {
        if (FindAccepted(id, tokenHash, now)?.By == userId) return this;
        var invitation = FindInvitation(id, tokenHash, now) ?? throw SignIn.InvitationToken.NotOpen();
        if (Find(userId) is not null) return this;
        if (Members.Length >= options.MaxMembers) throw Failure.Conflict($"The organization has {Members.Length} members, the most it can have.");
        return this with
        {
            Members = Members.Add(new Member(userId, invitation.Role, now, MembershipSource.Invitation)),
            Invitations = Invitations.Remove(invitation),
            Spent = With([invitation], userId, now, options),
        };
    }

    public OrganizationState SetRole(string actorId, string userId, Role role)
    {
        var actor = RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        if (member.Role == role) return this;
        RequireMayGive(actor, role);
        RequireMayTouch(actor, member);
        if (member.Role == Role.Owner) RequireAnotherOwner(member);
        return Replace(member, member with { Role = role, ProjectRoles = role == Role.Owner ? [] : member.ProjectRoles.RemoveAll(r => r.Role == role) });
    }

    public OrganizationState SetProjectRole(string actorId, string userId, string projectId, Role role)
    {
        var actor = RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        if (member.Role == Role.Owner) throw Failure.BadInput("An owner may do everything in every project; change their role in the organization first.");
        if (role == Role.Owner) throw Failure.BadInput("OWNER is a role of the organization, not of one project. Use ADMIN.");
        RequireMayTouch(actor, member);
        return Replace(member, member.WithProjectRole(projectId, role));
    }

    public OrganizationState Remove(string actorId, string userId)
    {
        var actor = Find(actorId) ?? throw Failure.NotFound();
        if (actorId != userId) RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        RequireMayTouch(actor, member);
        if (member.Role == Role.Owner) RequireAnotherOwner(member);
        return this with { Members = Members.Remove(member) };
    }

    /// <summary>The open invitation that a request has made before.</summary>
    private OpenInvitation? Made(RequestKey? request, DateTimeOffset now)
    {
        if (request is null) return null;
        if (Spent.Any(s => s.Invitation.Id == request.Id))
            throw Failure.Conflict("The invitation that this request made was used, or a newer one has taken its place. Invite again with a new requestId.");
        var made = Invitations.FirstOrDefault(i => i.Id == request.Id && i.ExpiresAt > now);
        if (made is not null) request.RequireSame(made.RequestContent);
        return made;
    }

    private ImmutableArray<SpentInvitation> With(IEnumerable<OpenInvitation> spent, string? by, DateTimeOffset now, AccessOptions options) =>
        [.. Spent.Where(s => s.At > now - AnsweredRequest.Kept).Concat(spent.Select(i => new SpentInvitation(i, by, now))).TakeLast(options.MaxInvitations)];

    private Member RequireManager(string actorId)
    {
        var actor = Find(actorId) ?? throw Failure.NotFound();
        return RolePermissions.Of(actor.Role).Has(Permission.ManageMembers)
            ? actor
            : throw Failure.Forbidden("Only owners and admins manage members. Ask one of them.");
    }

    private static void RequireMayGive(Member actor, Role role)
    {
        if (role == Role.Owner && actor.Role != Role.Owner) throw Failure.Forbidden("Only an owner can make somebody an owner.");
    }

    private static void RequireMayTouch(Member actor, Member member)
    {
        if (member.Role == Role.Owner && actor.Role != Role.Owner) throw Failure.Forbidden("Only an owner can change or remove an owner.");
    }

    private void RequireAnotherOwner(Member leaving)
    {
        if (!Members.Any(m => m.Role == Role.Owner && m != leaving))
            throw Failure.Conflict("This is the last owner. Make somebody else an owner first.");
    }

    private OrganizationState Replace(Member old, Member changed) => this with { Members = Members.Replace(old, changed) };
}
