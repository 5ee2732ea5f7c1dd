using System.Collections.Immutable;

namespace Plumbline.Contracts.Access;

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
