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
internal sealed class ViewerResolvers(IGrainFactory grains, IOrganizationDirectory organizations, IAccessControl access)
{
    public async Task<UserView?> User([Parent] ViewerView viewer) =>
        viewer.Caller.UserId is { } userId ? await grains.GetGrain<IUserGrain>(userId).FindAsync() : null;

    public async Task<ApiKeyView?> ApiKey([Parent] ViewerView viewer, CancellationToken cancellationToken) =>
        viewer.Caller is { ApiKeyId: { } keyId, Project: { } project }
            ? await (await access.RequireAsync(viewer.Caller, project, cancellationToken)).Keys().FindAsync(keyId)
            : null;

    public async Task<IReadOnlyList<OrganizationView>> Organizations([Parent] ViewerView viewer, CancellationToken cancellationToken)
    {
        var ids = viewer.Caller.Project is { } project
            ? [project.Organization]
            : (await organizations.MembershipsAsync(viewer.Caller.UserId!, cancellationToken)).Select(m => m.Organization);
        var found = await Task.WhenAll(ids.Select(id => organizations.FindAsync(id, cancellationToken).AsTask()));
        return [.. found.OfType<OrganizationView>()];
    }

    public async Task<IReadOnlyList<Permission>> Permissions([Parent] ViewerView viewer, string projectId, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(viewer.Caller, NodeId.ParseProject(projectId), cancellationToken);
        return granted.Permissions.ToArray();
    }
}
