using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Features.Access.Control;

/// <summary>Random tokens, of which only a hash is kept.</summary>
internal static class Secrets
{
    public const string ApiKeyPrefix = "pl_";
    public const int MinApiKeySecretLength = 32;
    public const int MaxApiKeyLength = 200;
    private const int ShownCharacters = 11;

    /// <summary>256 random bits as base64url.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string NewApiKey() => ApiKeyPrefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 43);

    /// <summary>SHA-256 in lower-case hex. Enough for random tokens; passwords go through <see cref="SignIn.Passwords"/>.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>What is shown of an API key so that people can tell keys apart.</summary>
    public static string ShownPrefix(string apiKey) => apiKey[..ShownCharacters];

    /// <summary>Whether a text can be an API key at all: <c>pl_</c> and at least 32 printable ASCII characters without blanks.</summary>
    public static bool IsApiKey(string text) =>
        text.StartsWith(ApiKeyPrefix, StringComparison.Ordinal)
        && text.Length >= ApiKeyPrefix.Length + MinApiKeySecretLength
        && text.Length <= MaxApiKeyLength
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Compares hashes in a time that does not depend on where they differ.</summary>
    public static bool SameHash(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}
