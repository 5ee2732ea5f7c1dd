using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plumbline.Contracts;

/// <summary>Ids of organizations, projects, people and whatever else has no natural name: 12 characters of lower-case base32, 60 random bits.</summary>
public static class RandomId
{
    public const int Length = 12;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>An id that follows from a hash: the same for the same hash.</summary>
    /// <param name="hash">At least <see cref="Length"/> bytes.</param>
    internal static string From(ReadOnlySpan<byte> hash)
    {
        Span<char> id = stackalloc char[Length];
        for (var i = 0; i < Length; i++) id[i] = Alphabet[hash[i] % Alphabet.Length];
        return new string(id);
    }

    public static bool IsWellFormed([NotNullWhen(true)] string? text) =>
        text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Letters);
}
