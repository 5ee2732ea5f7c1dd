using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Organizations;

/// <summary>What an organization keeps of a member.</summary>
[GenerateSerializer, Alias("Member"), Immutable]
internal sealed record Member(
    [property: Id(0)] string UserId,
    [property: Id(1)] Role Role,
    [property: Id(2)] DateTimeOffset JoinedAt,
    [property: Id(3)] MembershipSource Source)
{
    [Id(4)] public ImmutableArray<ProjectRoleEntry> ProjectRoles { get; init; } = [];

    /// <summary>With another role in one project; the same role as in the organization takes the exception away.</summary>
    public Member WithProjectRole(string projectId, Role role)
    {
        var others = ProjectRoles.RemoveAll(r => r.ProjectId == projectId);
        return this with { ProjectRoles = role == Role ? others : others.Add(new ProjectRoleEntry(projectId, role)) };
    }

    public MembershipView View(string organization) => new(organization, UserId, Role, ProjectRoles, JoinedAt, Source);
}

/// <summary>What an organization keeps of an open invitation.</summary>
[GenerateSerializer, Alias("OpenInvitation"), Immutable]
internal sealed record OpenInvitation(
    [property: Id(0)] string Id,
    [property: Id(1)] string Email,
    [property: Id(2)] Role Role,
    [property: Id(3)] string TokenHash,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] string InvitedById)
{
    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(6)] public string? RequestContent { get; init; }

    public bool Opens(string id, string tokenHash) => Id == id && Secrets.SameHash(TokenHash, tokenHash);

    public InvitationView View(string organization) => new(organization, Id, Email, Role, ExpiresAt, InvitedById);
}

/// <summary>An invitation that is open no longer, kept for a day: whoever has accepted it, or made it, may not have got the answer.</summary>
/// <param name="By">Who has accepted it; null when a newer one has taken its place.</param>
[GenerateSerializer, Alias("SpentInvitation"), Immutable]
internal sealed record SpentInvitation([property: Id(0)] OpenInvitation Invitation, [property: Id(1)] string? By, [property: Id(2)] DateTimeOffset At);
