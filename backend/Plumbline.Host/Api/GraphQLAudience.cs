using Plumbline.Contracts.Access;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Api;

/// <summary>Whether a caller may know the schema.</summary>
internal sealed class GraphQLAudience(GraphQLOptions options, IOrganizationDirectory organizations)
{
    public async ValueTask<bool> IncludesAsync(Caller caller, CancellationToken cancellationToken)
    {
        var audience = options.Introspection;
        if (caller.ApiKeyId is not null) return audience.Keys;
        if (caller.UserId is not { } userId || audience.Roles.IsEmpty) return false;
        return audience.IsSameForPeople || await HoldsAsync(userId, audience, cancellationToken);
    }

    private async Task<bool> HoldsAsync(string userId, IntrospectionAudience audience, CancellationToken cancellationToken) =>
        (await organizations.MembershipsAsync(userId, cancellationToken)).Any(m => audience.Roles.Contains(m.Role));
}
