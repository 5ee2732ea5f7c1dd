using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Access.Control;

/// <inheritdoc cref="ICredentials"/>
internal sealed class Credentials(IGrainFactory grains) : ICredentials
{
    private const int LongestToken = 100;

    public async ValueTask<Caller?> FromSessionAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken) return null;
        var hash = Secrets.Hash(token);
        var userId = await grains.GetGrain<ISessionGrain>(hash).FindUserAsync();
        return userId is null ? null : new Caller { UserId = userId, CredentialHash = hash };
    }

    public async ValueTask<Caller?> FromApiKeyAsync(string secret, CancellationToken cancellationToken)
    {
        if (!Secrets.IsApiKey(secret)) return null;
        var hash = Secrets.Hash(secret);
        var key = await grains.GetGrain<IApiKeyGrain>(hash).UseAsync();
        if (key is null) return null;
        CallScope.Admit(key.Project.ToString());
        return new Caller
        {
            ApiKeyId = key.KeyId,
            Project = key.Project,
            Scopes = key.Scopes,
            Environment = key.Environment,
            CredentialHash = hash,
            OnBehalfOf = key.ActsForId,
        };
    }

    public async ValueTask<bool> StillHoldsAsync(Caller caller, CancellationToken cancellationToken) => caller switch
    {
        { CredentialHash: null } => false,
        { ApiKeyId: not null } => await grains.GetGrain<IApiKeyGrain>(caller.CredentialHash).UseAsync() is not null,
        _ => await grains.GetGrain<ISessionGrain>(caller.CredentialHash).FindUserAsync() == caller.UserId,
    };
}
