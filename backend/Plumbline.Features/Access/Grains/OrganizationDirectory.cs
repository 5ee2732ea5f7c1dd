using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Grains;

/// <inheritdoc cref="IOrganizationDirectory"/>
internal sealed class OrganizationDirectory(IGrainFactory grains) : IOrganizationDirectory
{
    public async ValueTask<OrganizationView?> FindAsync(string organization, CancellationToken cancellationToken) =>
        RandomId.IsWellFormed(organization) ? await grains.GetGrain<IOrganizationGrain>(organization).FindAsync() : null;

    public async ValueTask<IReadOnlyCollection<string>> AmongAsync(
        string organization, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IOrganizationGrain>(organization);
        var members = await Task.WhenAll(userIds.Select(grain.FindMemberAsync));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. members.OfType<MembershipView>().Select(m => m.UserId)];
    }

    public async ValueTask<IReadOnlyList<MembershipView>> MembershipsAsync(string userId, CancellationToken cancellationToken)
    {
        var remembered = await grains.GetGrain<IUserGrain>(userId).OrganizationsAsync();
        var members = await Task.WhenAll(remembered.Select(id => grains.GetGrain<IOrganizationGrain>(id).FindMemberAsync(userId)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. members.OfType<MembershipView>()];
    }
}
