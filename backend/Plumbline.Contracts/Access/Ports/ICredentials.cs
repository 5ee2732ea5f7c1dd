namespace Plumbline.Contracts.Access;

/// <summary>Turns what a request carries into a <see cref="Caller"/>. Asks the grain of the session or key each time.</summary>
public interface ICredentials
{
    /// <summary>The caller behind a session cookie, or null when the session is unknown, expired or signed out.</summary>
    ValueTask<Caller?> FromSessionAsync(string token, CancellationToken cancellationToken);

    /// <summary>The caller behind an API key (<c>pl_…</c>), or null when the key is unknown, expired or revoked.</summary>
    ValueTask<Caller?> FromApiKeyAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Whether the session or key of a caller still holds.</summary>
    ValueTask<bool> StillHoldsAsync(Caller caller, CancellationToken cancellationToken);
}
