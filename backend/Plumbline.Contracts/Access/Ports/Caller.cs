using System.Collections.Immutable;

namespace Plumbline.Contracts.Access;

/// <summary>Who sends a request. Made by the server for each request from a session cookie or an API key, never from anything else the client says.</summary>
[GenerateSerializer, Alias("Caller"), Immutable]
public sealed record Caller
{
    /// <summary>Nobody: neither signed in nor with a key.</summary>
    public static Caller Anonymous { get; } = new();

    /// <summary>The person, or null when a key or nobody asks.</summary>
    [Id(0)] public string? UserId { get; init; }

    /// <summary>The key's id within its project, or null when a person or nobody asks.</summary>
    [Id(1)] public string? ApiKeyId { get; init; }

    /// <summary>The only project that a key can reach; null for people.</summary>
    [Id(2)] public ProjectKey? Project { get; init; }

    /// <summary>What the key is for; empty for people.</summary>
    [Id(3)] public ImmutableArray<ApiKeyScope> Scopes { get; init; } = [];

    /// <summary>The environment that a key stamps on spans that name none.</summary>
    [Id(4)] public string? Environment { get; init; }

    /// <summary>SHA-256 (hex) of the session's or the key's token: the key of the grain that knows whether it still holds.</summary>
    [Id(5)] public string? CredentialHash { get; init; }

    /// <summary>The network address the request came from, for the audit log.</summary>
    [Id(6)] public string? Address { get; init; }

    /// <summary>The person whose work a key does: who made it, or who stands behind the key that made it. Null for people, who act for
    /// themselves, and for a key that no person made. Whether they still belong to the project is asked at each use.</summary>
    [Id(7)] public string? OnBehalfOf { get; init; }

    /// <summary>The person who reads what the caller reads: themself, or through a key that does their work. Null when there is none.</summary>
    public string? PersonId => UserId ?? OnBehalfOf;

    public bool IsAuthenticated => UserId is not null || ApiKeyId is not null;

    /// <summary>Who did it, for authorship and the audit log: a person's id, or <c>key.</c> and the project and id of a key.
    /// <see cref="IUserDirectory"/> knows both.</summary>
    public string ActorId => UserId ?? (ApiKeyId is null ? "anonymous" : $"key.{Project}/{ApiKeyId}");
}
