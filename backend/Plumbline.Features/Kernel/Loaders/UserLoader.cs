using Plumbline.Contracts.Access;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>People by actor id, each asked for once in an answer however often they are shown.</summary>
internal sealed class UserLoader(IUserDirectory users) : BatchLoader<string, UserView>
{
    /// <summary>The person; the directory has a stand-in for everybody.</summary>
    public async Task<UserView> GetAsync(string actorId) => (await LoadAsync(actorId))!;

    protected override async Task<IReadOnlyDictionary<string, UserView>> LoadBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = await users.GetManyAsync(keys, cancellationToken);
        return keys.Zip(found).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }
}
