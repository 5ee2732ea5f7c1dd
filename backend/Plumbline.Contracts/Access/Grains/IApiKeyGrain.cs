using Orleans.Concurrency;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>An API key; the key of the grain is the SHA-256 (hex) of the secret.</summary>
[Alias("IApiKeyGrain"), AcrossTenants]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Makes the key, unless it is there already.</summary>
    [Alias("CreateAsync")]
    Task CreateAsync(NewApiKey key);

    /// <summary>The key, or null when there is none.</summary>
    [Alias("FindAsync"), Repeatable]
    Task<ApiKeyView?> FindAsync();

    /// <summary>The key if it may be used now, else null. Remembers coarsely that it was.</summary>
    [AlwaysInterleave, Alias("UseAsync"), Repeatable]
    Task<ApiKeyView?> UseAsync();

    [Alias("RevokeAsync")]
    Task<ApiKeyView> RevokeAsync();

    /// <summary>Lets the key act for another person from now on.</summary>
    [Alias("PassOnAsync"), Repeatable]
    Task<ApiKeyView> PassOnAsync(string personId);

    /// <summary>Takes the key away so that the request that made it can be given another secret. Nothing happens when there is no such key.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: it is in use, revoked, or made by another request.</exception>
    [Alias("WithdrawAsync")]
    Task WithdrawAsync(RequestKey request);
}
