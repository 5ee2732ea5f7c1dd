namespace Plumbline.Contracts.Access;

/// <summary>A signed-in browser; the key is the SHA-256 (hex) of its token.</summary>
public interface ISessionGrain : IGrainWithStringKey
{
    Task StartAsync(string userId, DateTimeOffset expiresAt);

    /// <summary>The person, or null when the session is unknown, expired or ended.</summary>
    Task<string?> FindUserAsync();

    Task EndAsync();
}
