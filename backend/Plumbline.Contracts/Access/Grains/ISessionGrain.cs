using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Access;

/// <summary>A signed-in browser; the key is the SHA-256 (hex) of its token.</summary>
[Alias("ISessionGrain"), AcrossTenants]
public interface ISessionGrain : IGrainWithStringKey
{
    [Alias("StartAsync")]
    Task StartAsync(string userId, DateTimeOffset expiresAt);

    /// <summary>The person, or null when the session is unknown, expired or ended.</summary>
    [Alias("FindUserAsync"), Repeatable]
    Task<string?> FindUserAsync();

    [Alias("EndAsync")]
    Task EndAsync();
}
