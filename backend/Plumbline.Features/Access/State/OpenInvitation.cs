using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.State;

/// <summary>What an organization keeps of an open invitation.</summary>
[GenerateSerializer, Alias("OpenInvitation"), Immutable]
internal sealed record OpenInvitation(
    [property: Id(0)] string Id,
    [property: Id(1)] string Email,
    [property: Id(2)] Role Role,
    [property: Id(3)] string TokenHash,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] string InvitedById)
{
    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(6)] public string? RequestContent { get; init; }

    /// <summary>People of other addresses who ask to be let in by it.</summary>
    [Id(7)] public ImmutableArray<JoinRequest> Requests { get; init; } = [];

    public bool Opens(string id, string tokenHash) => Id == id && Secrets.SameHash(TokenHash, tokenHash);

    public InvitationView View(string organization) => new(organization, Id, Email, Role, ExpiresAt, InvitedById);

    /// <summary>Whether it is for somebody of this address. Both are brought to one form anew: an older one may have kept its own.</summary>
    public bool IsFor(string email) => EmailAddress.TryNormalize(Email) is { } own && own == EmailAddress.TryNormalize(email);
}

/// <summary>Somebody of another address who asks to be let in by an invitation.</summary>
/// <param name="Email">The address of their account when they asked.</param>
[GenerateSerializer, Alias("JoinRequest"), Immutable]
internal sealed record JoinRequest(
    [property: Id(0)] string Id, [property: Id(1)] string UserId, [property: Id(2)] string Email, [property: Id(3)] DateTimeOffset At)
{
    /// <summary>It was refused; kept so that the same person does not ask again.</summary>
    [Id(4)] public bool IsDeclined { get; init; }
}

/// <summary>An invitation that is open no longer, kept for a day: whoever has accepted it, or made it, may not have got the answer.</summary>
/// <param name="By">Who has accepted it; null when it was taken back or a newer one has taken its place.</param>
[GenerateSerializer, Alias("SpentInvitation"), Immutable]
internal sealed record SpentInvitation([property: Id(0)] OpenInvitation Invitation, [property: Id(1)] string? By, [property: Id(2)] DateTimeOffset At);
