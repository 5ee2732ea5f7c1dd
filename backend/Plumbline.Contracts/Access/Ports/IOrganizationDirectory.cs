namespace Plumbline.Contracts.Access;

/// <summary>Organizations by id, without asking who may see them.</summary>
public interface IOrganizationDirectory
{
    ValueTask<OrganizationView?> FindAsync(string organization, CancellationToken cancellationToken);

    /// <summary>Those of some people who are members of an organization now.</summary>
    ValueTask<IReadOnlyCollection<string>> AmongAsync(string organization, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>The organizations that a person is a member of now.</summary>
    ValueTask<IReadOnlyList<MembershipView>> MembershipsAsync(string userId, CancellationToken cancellationToken);
}
