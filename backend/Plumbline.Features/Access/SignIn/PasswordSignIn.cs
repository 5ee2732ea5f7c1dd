using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Sign-in with e-mail and password. Unknown addresses, wrong passwords and locked addresses of nobody look alike in answer and time, and so do
/// addresses with one account and with several.</summary>
internal sealed class PasswordSignIn(IGrainFactory grains, Accounts accounts, Passwords passwords, Sessions sessions)
{
    /// <summary>Starts a session.</summary>
    /// <exception cref="RequestFailedException">UNAUTHENTICATED: wrong; RATE_LIMITED: too many failed attempts.</exception>
    public async Task<StartedSession> SignInAsync(string? email, string? password, Client client)
    {
        var people = await FindAsync(email, password, client);
        return people.IsEmpty ? throw Wrong() : await sessions.StartAsync(people[0]);
    }

    /// <summary>The one answer to whoever cannot be signed in, whether the address is known or not.</summary>
    public static RequestFailedException Wrong() => new(FailureCode.Unauthenticated, "E-mail address or password is wrong.");

    /// <summary>The accounts that this address and this password open: one, or none. Counted as an attempt to sign in.</summary>
    /// <exception cref="RequestFailedException">RATE_LIMITED: too many failed attempts.</exception>
    public async Task<ImmutableArray<string>> FindAsync(string? email, string? password, Client client)
    {
        var people = (await accounts.AllAsync(email)).ToLookup(client.Device.Knows);
        if (people.Contains(true))
        {
            // Having signed in to one account with a browser gives no further attempts at the others.
            var own = await TryAsync(email, [.. people[true]], password, client.Browser);
            if (!own.IsEmpty) return own;
        }
        return await TryAsync(email, [.. people[false]], password, client.Network);
    }

    /// <summary>The hash of a password for a new account of an address.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is too short or too long.</exception>
    public async Task<string> HashAsync(string email, string? password) => passwords.Hash(password, await HashesAsync(await accounts.AllAsync(email)));

    private async Task<ImmutableArray<string>> TryAsync(string? email, ImmutableArray<string> people, string? password, SignInSource source)
    {
        var attempts = accounts.AttemptsOf(email);
        if (await attempts.BeginAttemptFromAsync(source) is { } wait)
            throw new RequestFailedException(FailureCode.RateLimited, $"Too many failed attempts. Try again in {Math.Ceiling(wait.TotalSeconds)} seconds.");
        var hashes = await HashesAsync(people);
        var right = people.Zip(passwords.Check(hashes, password)).Where(p => p.Second != PasswordCheck.Wrong).ToArray();
        if (right.Length == 0) return [];
        await attempts.AttemptFromSucceededAsync(source);
        foreach (var (person, _) in right.Where(p => p.Second == PasswordCheck.RightButOld))
            await grains.GetGrain<IUserGrain>(person).SetPasswordHashAsync(passwords.Rehash(password!, hashes));
        return [.. right.Select(p => p.First)];
    }

    private Task<string?[]> HashesAsync(ImmutableArray<string> people) =>
        Task.WhenAll(people.Select(person => grains.GetGrain<IUserGrain>(person).PasswordHashAsync()));
}
