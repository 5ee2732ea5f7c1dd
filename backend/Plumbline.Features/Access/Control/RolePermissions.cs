using System.Collections.Immutable;
using Plumbline.Contracts.Access;
using static Plumbline.Contracts.Access.Permission;

namespace Plumbline.Features.Access.Control;

/// <summary>What each role and each scope of a key allows.</summary>
internal static class RolePermissions
{
    private static readonly PermissionSet Sme =
        PermissionSet.Of(ReadTraces, ReadRawContent, ReadReviews, EditPrompts, RunPlayground, Review, Reveal, CurateDatasets, RunExperiments);

    private static readonly PermissionSet Developer =
        Sme.And(PermissionSet.Of(ManageKeys, Ingest, DeployPrompts, ManageQueues, Adjudicate, Export));

    /// <summary>Owners and admins may do the same; that only owners make and unmake owners is a rule of
    /// <see cref="State.OrganizationState"/>.</summary>
    public static PermissionSet Of(Role role) => role switch
    {
        Role.Owner or Role.Admin => PermissionSet.All,
        Role.Developer => Developer,
        Role.Sme => Sme,
        Role.Reviewer => PermissionSet.Of(Review),
        Role.Viewer => PermissionSet.Of(ReadTraces, ReadRawContent, ReadReviews),
        _ => PermissionSet.None,
    };

    /// <summary>A key is nobody: it can neither review nor adjudicate nor reveal, and it has no part in organizations. Writing is not
    /// reading: with WRITE alone a script fills datasets and queues with what it brings, and what traces say, in a span or in an example
    /// made of one, takes READ; what people said of it, READ_REVIEWS.</summary>
    public static PermissionSet Of(ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Ingest => PermissionSet.Of(Ingest),
        ApiKeyScope.Read => PermissionSet.Of(ReadTraces, ReadRawContent, Export),
        ApiKeyScope.Write => PermissionSet.Of(EditPrompts, DeployPrompts, ManageQueues, CurateDatasets, RunExperiments),
        ApiKeyScope.Playground => PermissionSet.Of(RunPlayground),
        ApiKeyScope.Admin => PermissionSet.Of(ManageProject, ManageKeys),
        ApiKeyScope.ReadReviews => PermissionSet.Of(ReadReviews),
        _ => PermissionSet.None,
    };

    public static PermissionSet Of(ImmutableArray<ApiKeyScope> scopes) =>
        scopes.Aggregate(PermissionSet.None, (all, scope) => all.And(Of(scope)));
}
