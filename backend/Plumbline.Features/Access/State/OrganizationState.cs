using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.State;

/// <summary>A tenant and the rules about its members. Pure: every change gives the next state or refuses.</summary>
[GenerateSerializer, Alias("OrganizationState"), Immutable]
internal sealed partial record OrganizationState
{
    [Id(0)] public string Slug { get; init; } = "";

    [Id(1)] public string Name { get; init; } = "";

    [Id(2)] public ImmutableArray<Member> Members { get; init; } = [];

    [Id(3)] public ImmutableArray<OpenInvitation> Invitations { get; init; } = [];

    [Id(4)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(5)] public string? RequestContent { get; init; }

    [Id(6)] public ImmutableArray<SpentInvitation> Spent { get; init; } = [];

    /// <summary>People who may do less than before, and whose keys do not know it yet.</summary>
    [Id(7)] public ImmutableArray<UnsettledKeys> Unsettled { get; init; } = [];

    internal bool Exists => Slug.Length > 0;

    public Member? Find(string userId) => Members.FirstOrDefault(m => m.UserId == userId);

    public OrganizationState WithOwner(string userId, DateTimeOffset now) => Find(userId) is null
        ? this with { Members = Members.Add(new Member(userId, Role.Owner, now, MembershipSource.OwnerSetup)) }
        : this;

    /// <summary>With another role in the organization. Roles in single projects stay what they are: who was restricted there remains so.</summary>
    public OrganizationState SetRole(string actorId, string userId, Role role)
    {
        var actor = RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        if (member.Role == role) return this;
        RequireMayGive(actor, role);
        RequireMayTouch(actor, member);
        if (member.Role == Role.Owner) RequireAnotherOwner(member);
        return Replace(member, member with { Role = role });
    }

    public OrganizationState SetProjectRole(string actorId, string userId, string projectId, Role role)
    {
        var actor = RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        if (member.Role == Role.Owner) throw Failure.BadInput("An owner may do everything in every project; change their role in the organization first.");
        if (role == Role.Owner) throw Failure.BadInput("OWNER is a role of the organization, not of one project. Use ADMIN.");
        RequireMayTouch(actor, member);
        return member.ProjectRoles.Contains(new ProjectRoleEntry(projectId, role)) ? this : Replace(member, member.WithProjectRole(projectId, role));
    }

    public OrganizationState ClearProjectRole(string actorId, string userId, string projectId)
    {
        var actor = RequireManager(actorId);
        var member = Find(userId) ?? throw Failure.NotFound();
        RequireMayTouch(actor, member);
        return member.ProjectRoles.Any(r => r.ProjectId == projectId) ? Replace(member, member.WithoutProjectRole(projectId)) : this;
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

    /// <summary>With what somebody made and could not make now taken back: their open invitations; and with the keys that act for them noted
    /// as unsettled. What they may do is that of this state.</summary>
    public OrganizationState WithLess(string userId, UnsettledKeys keys, DateTimeOffset now, AccessOptions options)
    {
        var dead = Invitations.Where(i => i.InvitedById == userId && !MayStillGive(i)).ToImmutableArray();
        return this with
        {
            Invitations = Invitations.RemoveRange(dead),
            Spent = dead.IsEmpty ? Spent : With(dead, null, now, options),
            Unsettled = Unsettled.RemoveAll(u => u.UserId == userId).Add(keys),
        };
    }

    public OrganizationState Settled(UnsettledKeys keys) => this with { Unsettled = Unsettled.Remove(keys) };

    private Member RequireManager(string actorId)
    {
        var actor = Find(actorId) ?? throw Failure.NotFound();
        return MayManage(actor) ? actor : throw Failure.Forbidden("Only owners and admins manage members. Ask one of them.");
    }

    private static bool MayManage(Member actor) => RolePermissions.Of(actor.Role).Has(Permission.ManageMembers);

    private static bool MayGive(Member actor, Role role) => MayManage(actor) && (role != Role.Owner || actor.Role == Role.Owner);

    private static void RequireMayGive(Member actor, Role role)
    {
        if (!MayGive(actor, role)) throw Failure.Forbidden("Only an owner can make somebody an owner.");
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

/// <summary>Somebody who may do less than before, and what is to become of the keys that act for them and may do more.</summary>
/// <param name="ToUserId">The member whose keys they are to be; null: they are to be revoked.</param>
/// <param name="ActorId">Who changed it, for the audit log.</param>
/// <param name="Address">The network address it came from.</param>
[GenerateSerializer, Alias("UnsettledKeys"), Immutable]
internal sealed record UnsettledKeys(
    [property: Id(0)] string UserId, [property: Id(1)] string? ToUserId, [property: Id(2)] string ActorId, [property: Id(3)] string? Address);
