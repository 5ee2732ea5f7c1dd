using System.Collections.Immutable;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Control;

/// <summary>Whose a key may be: it does no more than the person it acts for may do.</summary>
internal static class KeyRights
{
    /// <summary>Whether somebody who may do this can have a key of these scopes act for them. Whoever holds a key that reads what people said may be
    /// anybody, a reviewer too: that one is for an administrator.</summary>
    public static bool MayHold(this PermissionSet person, ImmutableArray<ApiKeyScope> scopes) =>
        RolePermissions.Of(scopes).Without(person) == PermissionSet.None
        && (!scopes.Contains(ApiKeyScope.ReadReviews) || person.Has(Permission.ManageProject));

    /// <summary>What somebody may do; nothing when they are no member.</summary>
    public static PermissionSet PermissionsIn(this MembershipView? member, string projectId) =>
        member is null ? PermissionSet.None : RolePermissions.Of(member.RoleIn(projectId));
}
