using System.Collections.Immutable;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.State;

/// <summary>How far an installation has come.</summary>
[GenerateSerializer, Alias("SetupState"), Immutable]
internal sealed record SetupState
{
    /// <summary>SHA-256 (hex) of the open owner link's token.</summary>
    [Id(0)] public string? LinkHash { get; init; }

    [Id(1)] public DateTimeOffset LinkExpiresAt { get; init; }

    /// <summary>The first owner; no link is issued from then on.</summary>
    [Id(2)] public string? OwnerId { get; init; }

    /// <summary>The organization that an unattended install made.</summary>
    [Id(3)] public string? OrganizationId { get; init; }

    /// <summary>The project that it made, within that organization.</summary>
    [Id(4)] public string? ProjectId { get; init; }

    /// <summary>Hashes of the keys that it made; a revoked one does not come back.</summary>
    [Id(5)] public ImmutableArray<string> ApiKeyHashes { get; init; } = [];

    /// <summary>SHA-256 (hex) of the token of the link that made the owner.</summary>
    [Id(6)] public string? UsedLinkHash { get; init; }

    /// <summary>The id of the organization that is to be made, written down before it is: making it again after a crash makes no second one.</summary>
    [Id(7)] public string? PlannedOrganizationId { get; init; }

    internal bool OwnerNeeded => OwnerId is null;

    public bool HasOpenLink(DateTimeOffset now) => OwnerNeeded && LinkHash is not null && LinkExpiresAt > now;

    public bool Opens(string tokenHash, DateTimeOffset now) => HasOpenLink(now) && Secrets.SameHash(LinkHash!, tokenHash);

    public SetupState WithLink(string tokenHash, DateTimeOffset expiresAt) => this with { LinkHash = tokenHash, LinkExpiresAt = expiresAt };

    public SetupState WithOwner(string userId) => this with { OwnerId = userId, LinkHash = null, UsedLinkHash = LinkHash };
}
