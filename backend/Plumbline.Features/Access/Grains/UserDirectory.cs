using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Grains;

/// <inheritdoc cref="IUserDirectory"/>
internal sealed class UserDirectory(IGrainFactory grains) : IUserDirectory
{
    private const string KeyPrefix = "key.";

    public async ValueTask<UserView> GetAsync(string actorId, CancellationToken cancellationToken)
    {
        if (actorId.StartsWith(KeyPrefix, StringComparison.Ordinal)) return await KeyAsync(actorId);
        var user = RandomId.IsWellFormed(actorId) ? await grains.GetGrain<IUserGrain>(actorId).FindAsync() : null;
        return user ?? new UserView(actorId, "", "Unknown person", DateTimeOffset.UnixEpoch);
    }

    public async ValueTask<IReadOnlyList<UserView>> GetManyAsync(IReadOnlyCollection<string> actorIds, CancellationToken cancellationToken) =>
        await Task.WhenAll(actorIds.Select(id => GetAsync(id, cancellationToken).AsTask()));

    private async Task<UserView> KeyAsync(string actorId)
    {
        var key = ProjectKey.TrySplit(actorId[KeyPrefix.Length..], out var project, out var keyId)
            ? await grains.GetGrain<IProjectApiKeysGrain>(project.ToString()).FindAsync(keyId)
            : null;
        return new UserView(actorId, "", key is null ? "API key" : $"API key {key.Name}", key?.CreatedAt ?? DateTimeOffset.UnixEpoch);
    }
}
