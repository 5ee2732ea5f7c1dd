using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Sign-in with e-mail and password. Unknown addresses, wrong passwords and locked addresses of nobody look alike in answer and time.</summary>
internal sealed class PasswordSignIn(IGrainFactory grains, Accounts accounts, Passwords passwords, Sessions sessions)
{
    /// <summary>Starts a session.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED: wrong; RATE_LIMITED: too many failed attempts.</exception>
    public async Task<StartedSession> SignInAsync(string? email, string? password, Client client)
    {
        var userId = await FindAsync(email, password, client) ?? throw Wrong();
        return await sessions.StartAsync(userId);
    }

    /// <summary>The one answer to whoever cannot be signed in, whether the address is known or not.</summary>
    public static RequestFailedException Wrong() => new(FailureCode.Unauthenticated, "E-mail address or password is wrong.");

    /// <summary>The person whose address and password these are, or null. Counted as an attempt to sign in.</summary>
    /// <exception cref="RequestFailedException">RATE_LIMITED: too many failed attempts.</exception>
    public async Task<string?> FindAsync(string? email, string? password, Client client)
    {
        var userId = await accounts.FindAsync(email);
        var (attempts, source) = (accounts.AttemptsOf(email), client.SourceFor(userId));
        if (await attempts.BeginAttemptFromAsync(source) is { } wait)
            throw new RequestFailedException(FailureCode.RateLimited, $"Too many failed attempts. Try again in {Math.Ceiling(wait.TotalSeconds)} seconds.");
        var hash = userId is null ? null : await grains.GetGrain<IUserGrain>(userId).PasswordHashAsync();
        var check = passwords.Check(hash, password);
        if (check == PasswordCheck.Wrong) return null;
        await attempts.AttemptFromSucceededAsync(source);
        if (check == PasswordCheck.RightButOld) await grains.GetGrain<IUserGrain>(userId!).SetPasswordHashAsync(passwords.Rehash(password!));
        return userId;
    }
}
