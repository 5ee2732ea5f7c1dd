using Plumbline.Contracts.Access;
using Plumbline.Features.Access.SignIn;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.Api;

[ResolversFor("User")]
internal sealed class UserResolvers
{
    /// <summary>Empty for whoever may not see it, as it is for keys, which have none.</summary>
    public async Task<string> Email([Parent] UserView user, Caller caller, AddressLoader addresses) =>
        user.Email.Length == 0 || user.UserId == caller.UserId || await addresses.LoadAsync(user.UserId) ? user.Email : "";
}
