using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.Users;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Sign-in with e-mail and password. Unknown addresses, wrong passwords and locked addresses of nobody look alike in answer and time.</summary>
internal sealed class PasswordSignIn(IGrainFactory grains, Passwords passwords, Sessions sessions)
{
    /// <summary>Starts a session.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED: wrong; RATE_LIMITED: too many failed attempts.</exception>
    public async Task<StartedSession> SignInAsync(string? email, string? password)
    {
        var userId = await FindAsync(email, password) ?? throw new RequestFailedException(FailureCode.Unauthenticated, "E-mail address or password is wrong.");
        return await sessions.StartAsync(userId);
    }

    /// <summary>The person whose address and password these are, or null. Counted as an attempt to sign in.</summary>
    /// <exception cref="RequestFailedException">RATE_LIMITED: too many failed attempts.</exception>
    public async Task<string?> FindAsync(string? email, string? password)
    {
        var address = grains.GetGrain<IEmailGrain>(EmailAddress.GrainKey(EmailAddress.TryNormalize(email) ?? "nobody"));
        var attempt = await address.BeginAttemptAsync();
        if (attempt.RetryAfter is { } wait)
            throw new RequestFailedException(FailureCode.RateLimited, $"Too many failed attempts. Try again in {Math.Ceiling(wait.TotalSeconds)} seconds.");
        var hash = attempt.UserId is null ? null : await grains.GetGrain<IUserGrain>(attempt.UserId).PasswordHashAsync();
        var check = passwords.Check(hash, password);
        if (check == PasswordCheck.Wrong) return null;
        await address.AttemptSucceededAsync();
        if (check == PasswordCheck.RightButOld) await grains.GetGrain<IUserGrain>(attempt.UserId!).SetPasswordHashAsync(passwords.Rehash(password!));
        return attempt.UserId;
    }
}
