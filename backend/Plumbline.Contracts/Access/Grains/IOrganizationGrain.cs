using System.Collections.Immutable;
using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>A tenant: its name, its members and the invitations that are open. The key is its id. Who may do what is decided here, in the
/// turn that does it.</summary>
[Alias("IOrganizationGrain")]
public interface IOrganizationGrain : IGrainWithStringKey
{
    /// <summary>Makes the organization, unless it is there already.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: it is there, made by another request of the same name.</exception>
    [Alias("CreateAsync"), AcrossTenants]
    Task CreateAsync(NewOrganization organization);

    [AlwaysInterleave, Alias("FindAsync"), Repeatable, AcrossTenants]
    Task<OrganizationView?> FindAsync();

    [AlwaysInterleave, Alias("FindMemberAsync"), Repeatable, AcrossTenants]
    Task<MembershipView?> FindMemberAsync(string userId);

    /// <summary>All members, by the time they joined.</summary>
    [AlwaysInterleave, Alias("MembersAsync"), Repeatable]
    Task<ImmutableArray<MembershipView>> MembersAsync();

    /// <summary>Open invitations that have not expired, newest first.</summary>
    [AlwaysInterleave, Alias("InvitationsAsync"), Repeatable]
    Task<ImmutableArray<InvitationView>> InvitationsAsync();

    /// <summary>Adds an owner without an invitation: first-run setup only.</summary>
    [Alias("AddOwnerAsync"), AcrossTenants]
    Task AddOwnerAsync(string userId);

    /// <summary>Invites somebody. The same request again gives its open invitation another secret.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: the invitation that this request made was used or replaced.</exception>
    [Alias("InviteAsync")]
    Task<InvitationView> InviteAsync(string actorId, NewInvitation invitation);

    /// <summary>The invitation of this token, also one that somebody has accepted within a day; null when it is unknown or expired.</summary>
    [Alias("FindInvitationAsync"), Repeatable, AcrossTenants]
    Task<InvitationView?> FindInvitationAsync(string invitationId, string tokenHash);

    /// <summary>Uses an invitation up for whoever has its address. A member who opens one stays what they are, and it stays open. Who has
    /// accepted it may say so again.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is unknown, used, taken back or expired, or whoever made it may not give that role
    /// any more. FORBIDDEN: it is for another address.</exception>
    [Alias("JoinAsync"), AcrossTenants]
    Task<Joined> JoinAsync(string invitationId, string tokenHash, Joiner joiner);

    /// <summary>Asks those who manage members to let somebody in by an invitation that is for another address. Asking again is the same request.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: the invitation is not open. FORBIDDEN: the request was declined. CONFLICT: there is nothing
    /// to ask for, or too many have asked.</exception>
    [Alias("AskToJoinAsync"), AcrossTenants]
    Task<JoinRequestView> AskToJoinAsync(string invitationId, string tokenHash, Joiner joiner);

    /// <summary>Requests by open invitations that wait for an answer, newest first.</summary>
    [AlwaysInterleave, Alias("JoinRequestsAsync"), Repeatable]
    Task<ImmutableArray<JoinRequestView>> JoinRequestsAsync();

    /// <summary>Lets in whoever has asked, with the role of the invitation, which is used up. Who was let in a short while ago is so again.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: there is no such request. FORBIDDEN: the actor may not give that role.</exception>
    [Alias("ConfirmJoinAsync")]
    Task<MembershipView> ConfirmJoinAsync(string actorId, string requestId);

    /// <summary>Refuses a request; by the same invitation its maker cannot ask again.</summary>
    [Alias("DeclineJoinAsync")]
    Task DeclineJoinAsync(string actorId, string requestId);

    /// <summary>Takes an open invitation back; its link stops working.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is not open. FORBIDDEN: the actor may not give its role.</exception>
    /// <returns>The invitation as it was.</returns>
    [Alias("RevokeInvitationAsync")]
    Task<InvitationView> RevokeInvitationAsync(string actorId, string invitationId);

    /// <summary>Sets the role in the organization or, with a project, in that project alone, whatever it is in the organization. What
    /// the person made and may not any more goes with it: invitations they could not make now, and keys that may do more than they may.</summary>
    [Alias("ChangeRoleAsync")]
    Task<MembershipView> SetRoleAsync(string actorId, string userId, Role role, string? projectId, KeyHandover? keys = null);

    /// <summary>Takes the role in one project away, so that the one in the organization counts there.</summary>
    [Alias("ClearProjectRoleAsync")]
    Task<MembershipView> ClearProjectRoleAsync(string actorId, string userId, string projectId, KeyHandover? keys = null);

    /// <summary>Removes a member, the invitations they made and the keys that act for them.</summary>
    [Alias("RemoveAsync")]
    Task RemoveMemberAsync(string actorId, string userId, KeyHandover? keys = null);

    /// <summary>The keys that act for a person, in all projects, that may still be used; with a role, those that may do more than they could with that role
    /// in the organization.</summary>
    [AlwaysInterleave, Alias("KeysOfAsync"), Repeatable]
    Task<ImmutableArray<ApiKeyView>> KeysOfAsync(string userId, Role? beyond);
}
