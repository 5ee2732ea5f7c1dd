using System.Collections.Immutable;

namespace Plumbline.Contracts.Access;

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
    /// <summary>The role that counts in a project. An owner is one everywhere; exceptions from before count again when they are no owner any more.</summary>
    public Role RoleIn(string projectId)
    {
        if (Role == Role.Owner) return Role;
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

/// <summary>A request to be let in by an invitation that is for another address: type JoinRequest.</summary>
[GenerateSerializer, Alias("JoinRequestView"), Immutable]
public sealed record JoinRequestView(
    [property: Id(0)] InvitationView Invitation,
    [property: Id(1)] string RequestId,
    [property: Id(2)] string UserId,
    [property: Id(3)] string Email,
    [property: Id(4)] DateTimeOffset RequestedAt)
{
    public string Id => NodeId.Format(NodeKinds.JoinRequest, $"{Invitation.Organization}/{RequestId}");
}
