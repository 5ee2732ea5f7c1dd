using Microsoft.Extensions.Options;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Starts and ends sessions. The browser keeps the token, the server its hash.</summary>
internal sealed class Sessions(IGrainFactory grains, IOptions<AccessOptions> options, TimeProvider clock)
{
    public async Task<StartedSession> StartAsync(string userId)
    {
        var session = new StartedSession(userId, Secrets.NewToken(), clock.GetUtcNow() + options.Value.SessionLifetime);
        await grains.GetGrain<ISessionGrain>(Secrets.Hash(session.Token)).StartAsync(userId, session.ExpiresAt);
        return session;
    }

    public Task EndAsync(string token) => grains.GetGrain<ISessionGrain>(Secrets.Hash(token)).EndAsync();
}

/// <summary>A session as the browser gets it.</summary>
internal sealed record StartedSession(string UserId, string Token, DateTimeOffset ExpiresAt);
