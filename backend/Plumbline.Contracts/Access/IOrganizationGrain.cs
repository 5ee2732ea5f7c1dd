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

    /// <summary>Uses an invitation up. A member who opens it stays what they are, and it stays open. Who has accepted it may say so again.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is unknown, used or expired.</exception>
    [Alias("AcceptAsync"), AcrossTenants]
    Task<MembershipView> AcceptAsync(string invitationId, string tokenHash, string userId);

    /// <summary>Sets the role in the organization or, with a project, in that project alone.</summary>
    [Alias("SetRoleAsync")]
    Task<MembershipView> SetRoleAsync(string actorId, string userId, Role role, string? projectId);

    [Alias("RemoveMemberAsync")]
    Task RemoveMemberAsync(string actorId, string userId);
}

[GenerateSerializer, Alias("NewOrganization"), Immutable]
public sealed record NewOrganization([property: Id(0)] string Slug, [property: Id(1)] string Name, [property: Id(2)] string? OwnerId)
{
    /// <summary>The request that makes it, whose id it gets; null for a random one.</summary>
    [Id(3)] public RequestKey? Request { get; init; }
}

/// <summary>An invitation that is about to be made.</summary>
/// <param name="Id">A random id.</param>
/// <param name="TokenHash">SHA-256 (hex) of the token in the link.</param>
[GenerateSerializer, Alias("NewInvitation"), Immutable]
public sealed record NewInvitation([property: Id(0)] string Id, [property: Id(1)] string Email, [property: Id(2)] Role Role, [property: Id(3)] string TokenHash)
{
    /// <summary>The request that makes it; null when its client has not named it.</summary>
    [Id(4)] public RequestKey? Request { get; init; }
}

/// <summary>A member as the API shows them: type Membership.</summary>
[GenerateSerializer, Alias("MembershipView"), Immutable]
public sealed record MembershipView(
    [property: Id(0)] string Organization,
    [property: Id(1)] string UserId,
    [property: Id(2)] Role Role,
    [property: Id(3)] ImmutableArray<ProjectRoleEntry> ProjectRoleEntries,
    [property: Id(4)] DateTimeOffset JoinedAt,
    [property: Id(5)] MembershipSource Source)
{
    /// <summary>The role that counts in a project.</summary>
    public Role RoleIn(string projectId)
    {
        foreach (var entry in ProjectRoleEntries)
            if (entry.ProjectId == projectId) return entry.Role;
        return Role;
    }
}

/// <summary>A role that differs in one project.</summary>
[GenerateSerializer, Alias("ProjectRoleEntry"), Immutable]
public sealed record ProjectRoleEntry([property: Id(0)] string ProjectId, [property: Id(1)] Role Role);

/// <summary>How somebody became a member. Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("MembershipSource")]
public enum MembershipSource
{
    Invitation,
    Sso,
    OwnerSetup,
}

/// <summary>An open invitation as the API shows it: type Invitation.</summary>
[GenerateSerializer, Alias("InvitationView"), Immutable]
public sealed record InvitationView(
    [property: Id(0)] string Organization,
    [property: Id(1)] string InvitationId,
    [property: Id(2)] string Email,
    [property: Id(3)] Role Role,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] string InvitedById)
{
    /// <summary>Who has accepted it; null while it is open.</summary>
    [Id(6)] public string? AcceptedById { get; init; }

    public string Id => NodeId.Format(NodeKinds.Invitation, $"{Organization}/{InvitationId}");
}
