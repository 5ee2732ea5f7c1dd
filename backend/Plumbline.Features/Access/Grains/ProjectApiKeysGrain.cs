using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

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
    [PersistentState("projectapikeys", "grains")] IPersistentState<ProjectApiKeysState> stored, IOptions<AccessOptions> options, TimeProvider clock)
    : Grain, IProjectApiKeysGrain
{
    public async Task<ApiKeyView> CreateAsync(string secretHash, NewApiKey key)
    {
        var parent = await RequireMakerAsync(key);
        var made = Entry(key.KeyId) ?? stored.State.Keys.FirstOrDefault(k => k.SecretHash == secretHash);
        if (made is null) await AddAsync(new ApiKeyEntry(key.KeyId, secretHash));
        else if (made.SecretHash != secretHash) await ReplaceAsync(made, secretHash, key.Request!);
        await Key(secretHash).CreateAsync(key with { KeyId = made?.KeyId ?? key.KeyId, ExpiresAt = Earlier(key.ExpiresAt, parent?.ExpiresAt) });
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

    public async Task<ImmutableArray<ApiKeyView>> RevokeAsync(string keyId) =>
        await FindAsync(keyId) is { } key ? await RevokeAsync([key]) : [];

    public async Task<ImmutableArray<ApiKeyView>> BeyondAsync(string personId, PermissionSet allowed)
    {
        var now = clock.GetUtcNow();
        return [.. (await ListAsync()).Where(k => k.ActsForId == personId && k.MayBeUsed(now) && !allowed.MayHold(k.Scopes))];
    }

    public async Task<SettledKeys> SettleAsync(string personId, PermissionSet allowed, string? toPersonId, PermissionSet toAllowed)
    {
        var beyond = (await BeyondAsync(personId, allowed)).ToLookup(k => toPersonId is not null && toAllowed.MayHold(k.Scopes));
        var passedOn = ImmutableArray.CreateBuilder<ApiKeyView>();
        foreach (var key in beyond[true]) passedOn.Add(await Key(Entry(key.KeyId)!.SecretHash).PassOnAsync(toPersonId!));
        return new SettledKeys(await RevokeAsync([.. beyond[false]]), passedOn.ToImmutable());
    }

    /// <summary>Ends keys and all that were made with them. The youngest go first: what breaks off half-way leaves no key whose maker has ended.</summary>
    private async Task<ImmutableArray<ApiKeyView>> RevokeAsync(ImmutableArray<ApiKeyView> keys)
    {
        if (keys.IsEmpty) return [];
        var ends = KeyDescent.Of(keys, await ListAsync());
        var revoked = ImmutableArray.CreateBuilder<ApiKeyView>(ends.Length);
        foreach (var key in ends.Reverse()) revoked.Add(await Key(Entry(key.KeyId)!.SecretHash).RevokeAsync());
        revoked.Reverse();
        return revoked.ToImmutable();
    }

    /// <summary>Refuses a key whose maker may not have it made any more: in the turn that makes it, so that no removal can overtake it.</summary>
    /// <returns>The key that it is made with, or null.</returns>
    private async Task<ApiKeyView?> RequireMakerAsync(NewApiKey key)
    {
        if (key.ActsForId is { } person)
        {
            var member = await GrainFactory.GetGrain<IOrganizationGrain>(key.Project.Organization).FindMemberAsync(person);
            if (!member.PermissionsIn(key.Project.Project).MayHold(key.Scopes))
                throw Failure.Forbidden("This key would do more than the person it acts for may do now.");
        }
        if (KeyDescent.ParentId(key.CreatedById, key.Project) is not { } parentId) return null;
        return await FindAsync(parentId) is { } parent && parent.MayBeUsed(clock.GetUtcNow())
            ? parent
            : throw Failure.Forbidden("The key that asks for another has ended.");
    }

    /// <summary>A key ends no later than the one it was made with.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private ApiKeyEntry? Entry(string keyId) => stored.State.Keys.FirstOrDefault(k => k.KeyId == keyId);

    private IApiKeyGrain Key(string secretHash) => GrainFactory.GetGrain<IApiKeyGrain>(secretHash);
}
