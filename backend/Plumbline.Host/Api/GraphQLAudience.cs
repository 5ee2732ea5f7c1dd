using Plumbline.Contracts.Access;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Api;

/// <summary>Whether a caller may know the schema.</summary>
internal sealed class GraphQLAudience(GraphQLOptions options, IGrainFactory grains)
{
    public async ValueTask<bool> IncludesAsync(Caller caller)
    {
        var audience = options.Introspection;
        if (caller.ApiKeyId is not null) return audience.Keys;
        if (caller.UserId is not { } userId || audience.Roles.IsEmpty) return false;
        return audience.IsSameForPeople || await HoldsAsync(userId, audience);
    }

    private async Task<bool> HoldsAsync(string userId, IntrospectionAudience audience)
    {
        foreach (var organization in await grains.GetGrain<IUserGrain>(userId).OrganizationsAsync())
        {
            if (await grains.GetGrain<IOrganizationGrain>(organization).FindMemberAsync(userId) is { } member && audience.Roles.Contains(member.Role))
                return true;
        }
        return false;
    }
}
