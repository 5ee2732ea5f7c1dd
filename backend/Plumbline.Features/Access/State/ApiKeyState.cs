using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.State;

/// <summary>What is kept of an API key; never its secret.</summary>
[GenerateSerializer, Alias("ApiKeyState"), Immutable]
internal sealed record ApiKeyState
{
    [Id(0)] public ProjectKey Project { get; init; }

    [Id(1)] public string KeyId { get; init; } = "";

    [Id(2)] public string Name { get; init; } = "";

    [Id(3)] public string Prefix { get; init; } = "";

    [Id(4)] public ImmutableArray<ApiKeyScope> Scopes { get; init; } = [];

    [Id(5)] public string? Environment { get; init; }

    [Id(6)] public DateTimeOffset CreatedAt { get; init; }

    [Id(7)] public DateTimeOffset? ExpiresAt { get; init; }

    [Id(8)] public DateTimeOffset? LastUsedAt { get; init; }

    [Id(9)] public DateTimeOffset? RevokedAt { get; init; }

    [Id(10)] public string CreatedById { get; init; } = "";

    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(11)] public string? RequestContent { get; init; }

    [Id(12)] public string? ActsForId { get; init; }

    internal bool Exists => KeyId.Length > 0;

    public static ApiKeyState From(NewApiKey key, DateTimeOffset now) => new()
    {
        Project = key.Project,
        KeyId = key.KeyId,
        Name = key.Name,
        Prefix = key.Prefix,
        Scopes = key.Scopes,
        Environment = key.Environment,
        ExpiresAt = key.ExpiresAt,
        CreatedById = key.CreatedById,
        ActsForId = key.ActsForId,
        RequestContent = key.Request?.Content,
        CreatedAt = now,
    };

    public bool MayBeUsed(DateTimeOffset now) => Exists && RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);

    public ApiKeyView View() => new(Project, KeyId, Name, Prefix, Scopes, Environment, CreatedAt, ExpiresAt, LastUsedAt, RevokedAt)
    {
        CreatedById = CreatedById,
        ActsForId = ActsForId ?? Maker,
    };

    // Keys from before this was kept act for their maker, if that was a person: a key's actor id is no such id.
    private string? Maker => RandomId.IsWellFormed(CreatedById) ? CreatedById : null;
}
