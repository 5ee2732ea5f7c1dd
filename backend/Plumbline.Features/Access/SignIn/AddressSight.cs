using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Whose e-mail addresses somebody sees: those of the members of organizations in which they are more than a reviewer. Whoever only
/// reviews works with names.</summary>
internal static class AddressSight
{
    public static bool SeesMembers(this MembershipView member) =>
        member.ProjectRoleEntries.Select(r => r.Role).Append(member.Role).Any(r => RolePermissions.Of(r).Has(Permission.ReadTraces));
}

/// <summary>Whether the caller sees the address of a person, by the person's id. A key sees what its person would, if it reads.</summary>
internal sealed class AddressLoader(IOrganizationDirectory organizations, IAccessControl access, Caller caller) : BatchLoader<string, bool>
{
    protected override async Task<IReadOnlyDictionary<string, bool>> LoadBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var organization in await CirclesAsync(cancellationToken))
            foreach (var member in await organizations.AmongAsync(organization, keys, cancellationToken))
                seen[member] = true;
        return seen;
    }

    private async ValueTask<IEnumerable<string>> CirclesAsync(CancellationToken cancellationToken)
    {
        if (caller.Project is { } project)
            return (await access.RequireAsync(caller, project, cancellationToken)).Has(Permission.ReadTraces) ? [project.Organization] : [];
        return caller.UserId is { } self
            ? (await organizations.MembershipsAsync(self, cancellationToken)).Where(m => m.SeesMembers()).Select(m => m.Organization)
            : [];
    }
}
