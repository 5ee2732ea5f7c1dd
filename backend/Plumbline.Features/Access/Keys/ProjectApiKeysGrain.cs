using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Keys;

/// <summary>Where the keys of a project are.</summary>
[GenerateSerializer, Alias("ProjectApiKeysState"), Immutable]
internal sealed record ProjectApiKeysState
{
    [Id(0)] public ImmutableArray<ApiKeyEntry> Keys { get; init; } = [];
}

/// <summary>A key of a project and the hash of its secret.</summary>
[GenerateSerializer, Alias("ApiKeyEntry"), Immutable]
internal sealed record ApiKeyEntry([property: Id(0)] string KeyId, [property: Id(1)] string SecretHash);

/// <inheritdoc cref="IProjectApiKeysGrain"/>
/// <remarks>The list is written before the key: a crash between them leaves an entry without a key, which is not shown.</remarks>
[GrainType("projectapikeys")]
internal sealed class ProjectApiKeysGrain(
    [PersistentState("projectapikeys", "grains")] IPersistentState<ProjectApiKeysState> stored, IOptions<AccessOptions> options) : Grain, IProjectApiKeysGrain
{
    public async Task<ApiKeyView> CreateAsync(string secretHash, NewApiKey key)
    {
        var made = Entry(key.KeyId) ?? stored.State.Keys.FirstOrDefault(k => k.SecretHash == secretHash);
        if (made is null) await AddAsync(new ApiKeyEntry(key.KeyId, secretHash));
        else if (made.SecretHash != secretHash) await ReplaceAsync(made, secretHash, key.Request!);
        await Key(secretHash).CreateAsync(key with { KeyId = made?.KeyId ?? key.KeyId });
        return await Key(secretHash).FindAsync() ?? throw Failure.NotFound();
    }

    private Task AddAsync(ApiKeyEntry entry)
    {
        var keys = stored.State.Keys;
        if (keys.Length >= options.Value.MaxApiKeysPerProject)
            throw Failure.Conflict($"The project has had {keys.Length} API keys, the most it can have.");
        return stored.SaveAsync(stored.State with { Keys = keys.Add(entry) });
    }

    private async Task ReplaceAsync(ApiKeyEntry made, string secretHash, RequestKey request)
    {
        await Key(made.SecretHash).WithdrawAsync(request);
        await stored.SaveAsync(stored.State with { Keys = stored.State.Keys.Replace(made, made with { SecretHash = secretHash }) });
    }

    public async Task<ImmutableArray<ApiKeyView>> ListAsync()
    {
        var keys = await Task.WhenAll(stored.State.Keys.Select(k => Key(k.SecretHash).FindAsync()));
        return [.. keys.OfType<ApiKeyView>().Reverse()];
    }

    public async Task<ApiKeyView?> FindAsync(string keyId) => Entry(keyId) is { } entry ? await Key(entry.SecretHash).FindAsync() : null;

    public async Task<ApiKeyView?> RevokeAsync(string keyId)
    {
        if (await FindAsync(keyId) is null) return null;
        return await Key(Entry(keyId)!.SecretHash).RevokeAsync();
    }

    private ApiKeyEntry? Entry(string keyId) => stored.State.Keys.FirstOrDefault(k => k.KeyId == keyId);

    private IApiKeyGrain Key(string secretHash) => GrainFactory.GetGrain<IApiKeyGrain>(secretHash);
}
