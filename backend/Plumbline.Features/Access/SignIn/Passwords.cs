using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Makes and checks password hashes (PBKDF2 by ASP.NET Core Identity). Several accounts may have one address: the hashes of their passwords share a
/// salt, so that it shows in no time how many there are.</summary>
internal sealed class Passwords(IOptions<AccessOptions> options)
{
    public const int LongestPassword = 256;
    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = Hasher(options.Value);
    private readonly Lazy<PasswordHash> _decoy =
        new(() => PasswordHash.Read(Hasher(options.Value).HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)))!);

    /// <summary>The hash of a new password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="beside">The hashes of the other accounts of its address.</param>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is too short or too long.</exception>
    public string Hash(string? password, params IReadOnlyList<string?> beside)
    {
        var shortest = options.Value.MinPasswordLength;
        if (password is null || password.Length < shortest || password.Length > LongestPassword)
            throw Failure.BadInput($"The password needs {shortest} to {LongestPassword} characters.");
        return Rehash(password, beside);
    }

    /// <summary>The hash, with today's iterations, of a password that was right.</summary>
    public string Rehash(string password, params IReadOnlyList<string?> beside) =>
        beside.Select(PasswordHash.Read).OfType<PasswordHash>().FirstOrDefault(h => !h.IsOlderThan(options.Value.PasswordIterations)) is { } other
            ? other.Of(password)
            : _hasher.HashPassword(Nobody, password);

    /// <summary>Which of these hashes are those of a password. Without any it takes the same time, so that timing does not tell who has an account.</summary>
    public IReadOnlyList<PasswordCheck> Check(IReadOnlyList<string?> hashes, string? password)
    {
        var tried = password is null || password.Length > LongestPassword ? "" : password;
        var read = hashes.Select(PasswordHash.Read).ToArray();
        var keys = read.OfType<PasswordHash>().DefaultIfEmpty(_decoy.Value).DistinctBy(h => h.Computation).ToDictionary(
            h => h.Computation, h => h.Derive(tried), StringComparer.Ordinal);
        return [.. read.Select(Of)];

        PasswordCheck Of(PasswordHash? hash)
        {
            if (hash is null || !CryptographicOperations.FixedTimeEquals(hash.Key, keys[hash.Computation])) return PasswordCheck.Wrong;
            return hash.IsOlderThan(options.Value.PasswordIterations) ? PasswordCheck.RightButOld : PasswordCheck.Right;
        }
    }

    private static PasswordHasher<object> Hasher(AccessOptions options) =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
}

/// <summary>The outcome of checking a password.</summary>
internal enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, and its hash should be made anew with today's iterations.</summary>
    RightButOld,
}
