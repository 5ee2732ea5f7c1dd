using Plumbline.Contracts;

namespace Plumbline.Features.Access.Users;

/// <summary>E-mail addresses as sign-in names: trimmed, lower-case, one @ with something on both sides. Whether mail arrives there is not
/// this type's business.</summary>
internal static class EmailAddress
{
    public const int LongestLength = 254;

    /// <summary>The address as it is kept.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is no address.</exception>
    public static string Require(string? text) =>
        TryNormalize(text) ?? throw Failure.BadInput("The e-mail address needs the form name@example.com.");

    /// <summary>The address as it is kept, or null when it is none.</summary>
    public static string? TryNormalize(string? text)
    {
        var address = text?.Trim().ToLowerInvariant() ?? "";
        var at = address.IndexOf('@');
        var wellFormed = at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && address.Length <= LongestLength
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));
        return wellFormed ? address : null;
    }

    /// <summary>The key of the grain of a normalised address.</summary>
    public static string GrainKey(string normalized) => Secrets.Hash(normalized);
}
