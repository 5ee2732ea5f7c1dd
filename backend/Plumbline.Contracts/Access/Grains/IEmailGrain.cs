using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>An e-mail address as a sign-in name; the key is the SHA-256 (hex) of the normalised address. Counts failed sign-ins for known
/// and unknown addresses alike.</summary>
[Alias("IEmailGrain"), AcrossTenants]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>The person of this address, or null.</summary>
    [Alias("FindUserAsync"), Repeatable]
    Task<string?> FindUserAsync();

    /// <summary>Makes a person of this address. One whose making broke off half-way is completed.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: there is an account with this address.</exception>
    [Alias("RegisterAsync")]
    Task<string> RegisterAsync(NewUser user);

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
