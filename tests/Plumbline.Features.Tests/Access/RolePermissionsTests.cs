using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using static Plumbline.Contracts.Access.Permission;

namespace Plumbline.Features.Tests.Access;

public sealed class RolePermissionsTests
{
    [Fact]
    public void OwnersAndAdmins_MayDoEverything()
    {
        Assert.Equal(PermissionSet.All, RolePermissions.Of(Role.Owner));
        Assert.Equal(PermissionSet.All, RolePermissions.Of(Role.Admin));
    }

    [Fact]
    public void Reviewer_MayReviewAndNothingElse() => Assert.Equal([Review], RolePermissions.Of(Role.Reviewer).ToArray());

    [Fact]
    public void Sme_EditsPromptsButDoesNotDeployThem()
    {
        var sme = RolePermissions.Of(Role.Sme);
        Assert.True(sme.Has(EditPrompts) && sme.Has(RunPlayground) && sme.Has(CurateDatasets) && sme.Has(ReadTraces));
        Assert.False(sme.Has(DeployPrompts) || sme.Has(ManageQueues) || sme.Has(ManageKeys) || sme.Has(ManageMembers));
    }

    [Fact]
    public void Developer_ManagesNoPeopleAndNoProject()
    {
        var developer = RolePermissions.Of(Role.Developer);
        Assert.True(developer.Has(ManageKeys) && developer.Has(DeployPrompts) && developer.Has(ManageQueues));
        Assert.False(developer.Has(ManageMembers) || developer.Has(ManageOrganization) || developer.Has(ManageProject) || developer.Has(ReadAudit));
    }

    [Fact]
    public void Viewer_OnlyReads() => Assert.Equal([ReadTraces, ReadRawContent, ReadReviews], RolePermissions.Of(Role.Viewer).ToArray());

    [Theory]
    [InlineData(Review)]
    [InlineData(Adjudicate)]
    [InlineData(Reveal)]
    [InlineData(ManageMembers)]
    [InlineData(ManageOrganization)]
    public void Keys_OfAllScopes_AreStillNobody(Permission permission) =>
        Assert.False(RolePermissions.Of([.. Enum.GetValues<ApiKeyScope>()]).Has(permission));

    [Fact]
    public void Keys_GetWhatTheirScopesSay()
    {
        Assert.Equal([Ingest], RolePermissions.Of(ApiKeyScope.Ingest).ToArray());
        Assert.Equal([ReadReviews], RolePermissions.Of(ApiKeyScope.ReadReviews).ToArray());
        Assert.False(RolePermissions.Of([.. Enum.GetValues<ApiKeyScope>().Where(s => s != ApiKeyScope.ReadReviews)]).Has(ReadReviews));
        Assert.Equal([Ingest, RunPlayground], RolePermissions.Of([ApiKeyScope.Playground, ApiKeyScope.Ingest]).ToArray());
    }

    [Fact]
    public void PermissionSet_IsASet()
    {
        var set = PermissionSet.Of(Review, Ingest, Review);
        Assert.Equal([Ingest, Review], set.ToArray());
        Assert.Equal([Ingest], set.Without(PermissionSet.Of(Review)).ToArray());
        Assert.Equal(Enum.GetValues<Permission>(), PermissionSet.All.ToArray());
    }
}
