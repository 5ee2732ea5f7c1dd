using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Access.SignIn;

/// <summary>Makes and checks password hashes (PBKDF2 by ASP.NET Core Identity).</summary>
internal sealed class Passwords(IOptions<AccessOptions> options)
{
    public const int LongestPassword = 256;
    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = Hasher(options.Value);
    private readonly Lazy<string> _decoy = new(() => Hasher(options.Value).HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)));

    /// <summary>The hash of a new password.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is too short or too long.</exception>
    public string Hash(string? password)
    {
        var shortest = options.Value.MinPasswordLength;
        if (password is null || password.Length < shortest || password.Length > LongestPassword)
            throw Failure.BadInput($"The password needs {shortest} to {LongestPassword} characters.");
        return _hasher.HashPassword(Nobody, password);
    }

    /// <summary>The hash, with today's iterations, of a password that was right.</summary>
    public string Rehash(string password) => _hasher.HashPassword(Nobody, password);

    /// <summary>Checks a password. Without a hash it takes the same time and fails, so that timing does not tell who has an account.</summary>
    public PasswordCheck Check(string? hash, string? password)
    {
        var tried = password is null || password.Length > LongestPassword ? "" : password;
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy.Value, tried);
        if (hash is null || result == PasswordVerificationResult.Failed) return PasswordCheck.Wrong;
        return result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordCheck.RightButOld : PasswordCheck.Right;
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
