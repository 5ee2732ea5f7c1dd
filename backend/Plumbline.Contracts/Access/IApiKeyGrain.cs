using System.Collections.Immutable;
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
    [Alias("UseAsync"), Repeatable]
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

/// <summary>The API keys of a project; the key is <c>organization/project</c>.</summary>
[Alias("IProjectApiKeysGrain")]
public interface IProjectApiKeysGrain : IGrainWithStringKey
{
    /// <summary>Makes a key whose secret has this SHA-256 (hex). The same request again gives its key this secret in place of the first,
    /// which nobody has seen.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: there are too many, or the key that this request made is in use or revoked.
    /// FORBIDDEN: by now its maker may not do what it would, or the key that made it has ended.</exception>
    [Alias("CreateAsync")]
    Task<ApiKeyView> CreateAsync(string secretHash, NewApiKey key);

    /// <summary>All keys of the project, revoked ones too, newest first.</summary>
    [Alias("ListAsync"), Repeatable]
    Task<ImmutableArray<ApiKeyView>> ListAsync();

    [Alias("FindAsync"), Repeatable]
    Task<ApiKeyView?> FindAsync(string keyId);

    /// <summary>Ends a key and those that were made with it; ending it again changes nothing.</summary>
    /// <returns>The revoked keys, the one that was named first; none when there is none of this id.</returns>
    [Alias("RevokeAllAsync")]
    Task<ImmutableArray<ApiKeyView>> RevokeAsync(string keyId);

    /// <summary>Keys that may still be used and act for a person, and may do more than this; newest first.</summary>
    [Alias("BeyondAsync"), Repeatable]
    Task<ImmutableArray<ApiKeyView>> BeyondAsync(string personId, PermissionSet allowed);

    /// <summary>The keys that act for a person and may do more than this are another person's from now on, or are revoked with those that were made with
    /// them.</summary>
    /// <returns>What was changed.</returns>
    /// <param name="personId">The person whose rights have changed.</param>
    /// <param name="allowed">What that person may do from now on.</param>
    /// <param name="toPersonId">The other person; null: all are revoked.</param>
    /// <param name="toAllowed">What the other person may do: keys that may do more are revoked.</param>
    [Alias("SettleAsync")]
    Task<SettledKeys> SettleAsync(string personId, PermissionSet allowed, string? toPersonId, PermissionSet toAllowed);
}

/// <summary>What became of the keys of a person who may do less than before.</summary>
[GenerateSerializer, Alias("SettledKeys"), Immutable]
public sealed record SettledKeys([property: Id(0)] ImmutableArray<ApiKeyView> Revoked, [property: Id(1)] ImmutableArray<ApiKeyView> PassedOn);

[GenerateSerializer, Alias("NewApiKey"), Immutable]
public sealed record NewApiKey(
    [property: Id(0)] ProjectKey Project,
    [property: Id(1)] string KeyId,
    [property: Id(2)] string Name,
    [property: Id(3)] string Prefix,
    [property: Id(4)] ImmutableArray<ApiKeyScope> Scopes)
{
    [Id(5)] public string? Environment { get; init; }

    [Id(6)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Who asked for it: a person, or a key by its <see cref="Caller.ActorId"/>.</summary>
    [Id(7)] public string CreatedById { get; init; } = "";

    /// <summary>The request that makes it; null when its client has not named it.</summary>
    [Id(8)] public RequestKey? Request { get; init; }

    /// <summary>The person whose work it does, see <see cref="Caller.OnBehalfOf"/>.</summary>
    [Id(9)] public string? ActsForId { get; init; }
}

/// <summary>An API key as the API shows it: type ApiKey.</summary>
[GenerateSerializer, Alias("ApiKeyView"), Immutable]
public sealed record ApiKeyView(
    [property: Id(0)] ProjectKey Project,
    [property: Id(1)] string KeyId,
    [property: Id(2)] string Name,
    [property: Id(3)] string Prefix,
    [property: Id(4)] ImmutableArray<ApiKeyScope> Scopes,
    [property: Id(5)] string? Environment,
    [property: Id(6)] DateTimeOffset CreatedAt,
    [property: Id(7)] DateTimeOffset? ExpiresAt,
    [property: Id(8)] DateTimeOffset? LastUsedAt,
    [property: Id(9)] DateTimeOffset? RevokedAt)
{
    /// <summary>Who asked for it: a person, or a key by its <see cref="Caller.ActorId"/>.</summary>
    [Id(10)] public string CreatedById { get; init; } = "";

    /// <summary>The person whose work it does; null when no person made it.</summary>
    [Id(11)] public string? ActsForId { get; init; }

    public string Id => NodeId.Format(NodeKinds.ApiKey, Project, KeyId);

    /// <summary>Whether it is neither revoked nor expired.</summary>
    public bool MayBeUsed(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
