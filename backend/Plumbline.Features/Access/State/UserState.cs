using System.Collections.Immutable;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.State;

/// <summary>What is kept of a person. The hash is that of ASP.NET Core Identity's password hasher.</summary>
[GenerateSerializer, Alias("UserState"), Immutable]
internal sealed record UserState
{
    [Id(0)] public string Email { get; init; } = "";

    [Id(1)] public string Name { get; init; } = "";

    [Id(2)] public string? PasswordHash { get; init; }

    [Id(3)] public DateTimeOffset CreatedAt { get; init; }

    [Id(4)] public ImmutableArray<string> Organizations { get; init; } = [];

    internal bool Exists => Email.Length > 0;

    public UserView View(string userId) => new(userId, Email, Name, CreatedAt);
}
