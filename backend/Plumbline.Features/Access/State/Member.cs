using System.Collections.Immutable;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.State;

/// <summary>What an organization keeps of a member.</summary>
[GenerateSerializer, Alias("Member"), Immutable]
internal sealed record Member(
    [property: Id(0)] string UserId,
    [property: Id(1)] Role Role,
    [property: Id(2)] DateTimeOffset JoinedAt,
    [property: Id(3)] MembershipSource Source)
{
    [Id(4)] public ImmutableArray<ProjectRoleEntry> ProjectRoles { get; init; } = [];

    /// <summary>With a role in one project that holds there whatever the role in the organization becomes.</summary>
    public Member WithProjectRole(string projectId, Role role)
    {
        var others = WithoutProjectRole(projectId);
        return others with { ProjectRoles = others.ProjectRoles.Add(new ProjectRoleEntry(projectId, role)) };
    }

    /// <summary>With the role of the organization in a project.</summary>
    public Member WithoutProjectRole(string projectId) => this with { ProjectRoles = ProjectRoles.RemoveAll(r => r.ProjectId == projectId) };

    /// <summary>Whether one may do, in every project, all that another one may.</summary>
    public bool Covers(Member other)
    {
        var (own, others) = (View(""), other.View(""));
        // A project that neither names counts as one: there the roles in the organization do.
        var projects = ProjectRoles.Concat(other.ProjectRoles).Select(r => r.ProjectId).Append("");
        return projects.All(p => RolePermissions.Of(others.RoleIn(p)).Without(RolePermissions.Of(own.RoleIn(p))) == PermissionSet.None)
            && (other.Role != Role.Owner || Role == Role.Owner);
    }

    public MembershipView View(string organization) => new(organization, UserId, Role, ProjectRoles, JoinedAt, Source);
}
