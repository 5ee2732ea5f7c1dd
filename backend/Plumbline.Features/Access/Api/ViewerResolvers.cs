using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.Api;

/// <summary>Whoever asks: type Viewer.</summary>
internal sealed record ViewerView(Caller Caller);

[ResolversFor("Query")]
internal sealed class ViewerQuery
{
    public ViewerView Viewer(Caller caller) => caller.IsAuthenticated ? new ViewerView(caller) : throw Failure.Unauthenticated();
}

[ResolversFor("Viewer")]
internal sealed class ViewerResolvers(IGrainFactory grains, IAccessControl access)
{
    public async Task<UserView?> User([Parent] ViewerView viewer) =>
        viewer.Caller.UserId is { } userId ? await grains.GetGrain<IUserGrain>(userId).FindAsync() : null;

    public async Task<ApiKeyView?> ApiKey([Parent] ViewerView viewer) => viewer.Caller is { ApiKeyId: { } keyId, Project: { } project }
        ? await grains.GetGrain<IProjectApiKeysGrain>(project.ToString()).FindAsync(keyId)
        : null;

    public async Task<IReadOnlyList<OrganizationView>> Organizations([Parent] ViewerView viewer)
    {
        var ids = viewer.Caller.Project is { } project ? [project.Organization] : await OrganizationIdsAsync(viewer.Caller.UserId!);
        var found = await Task.WhenAll(ids.Select(id => grains.GetGrain<IOrganizationGrain>(id).FindAsync()));
        return [.. found.OfType<OrganizationView>()];
    }

    public async Task<IReadOnlyList<Permission>> Permissions([Parent] ViewerView viewer, string projectId, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(viewer.Caller, NodeId.ParseProject(projectId), cancellationToken);
        return granted.Permissions.ToArray();
    }

    private async Task<string[]> OrganizationIdsAsync(string userId)
    {
        var remembered = await grains.GetGrain<IUserGrain>(userId).OrganizationsAsync();
        var members = await Task.WhenAll(remembered.Select(id => grains.GetGrain<IOrganizationGrain>(id).FindMemberAsync(userId)));
        return [.. members.OfType<MembershipView>().Select(m => m.Organization)];
    }
}
