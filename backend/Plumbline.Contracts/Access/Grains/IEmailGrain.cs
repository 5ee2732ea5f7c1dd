using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>An e-mail address as a sign-in name; the key is the SHA-256 (hex) of the normalised address. An account that an invitation has made reserves no
/// address: there may be several of one. Counts failed sign-ins for known and unknown addresses alike.</summary>
[Alias("IEmailGrain"), AcrossTenants]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>The person who has this address from the set-up of the server, or from a time when there was one of each; or null.</summary>
    [Alias("FindUserAsync"), Repeatable]
    Task<string?> FindUserAsync();

    /// <summary>Everybody of this address.</summary>
    [Alias("FindAllAsync"), Repeatable]
    Task<ImmutableArray<string>> FindAllAsync();

    /// <summary>The person of this address whom an invitation has made, or null.</summary>
    [Alias("FindInvitedAsync"), Repeatable]
    Task<string?> FindInvitedAsync(string invitationId);

    /// <summary>Makes the person who has this address. One whose making broke off half-way is completed.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: somebody has it.</exception>
    [Alias("RegisterAsync")]
    Task<string> RegisterAsync(NewUser user);

    /// <summary>Makes a person of this address by an invitation, whoever else has the address. One whose making broke off half-way is completed.</summary>
    /// <returns>The person; null when the invitation has made one already.</returns>
    /// <exception cref="RequestFailedException">CONFLICT: too many were made of this address.</exception>
    [Alias("RegisterInvitedAsync")]
    Task<string?> RegisterInvitedAsync(NewUser user, string invitationId);

    /// <summary>Counts an attempt to sign in, before the password is looked at. One that is lost on the way may be counted twice.</summary>
    /// <returns>How long to wait first, when too many attempts from there failed; nothing may be checked before that.</returns>
    [Alias("BeginAttemptFromAsync"), Repeatable]
    Task<TimeSpan?> BeginAttemptFromAsync(SignInSource source);

    /// <summary>The attempt was right: earlier failures from there are forgotten.</summary>
    [Alias("AttemptFromSucceededAsync"), Repeatable]
    Task AttemptFromSucceededAsync(SignInSource source);

    /// <summary>The same without a source, as servers of the last version ask: from nowhere in particular.</summary>
    [Alias("BeginAttemptAsync"), Repeatable]
    Task<SignInAttempt> BeginAttemptAsync();

    /// <inheritdoc cref="BeginAttemptAsync"/>
    [Alias("AttemptSucceededAsync"), Repeatable]
    Task AttemptSucceededAsync();
}
