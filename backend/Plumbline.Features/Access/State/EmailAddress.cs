using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.State;

/// <summary>
/// E-mail addresses as sign-in names, in one form: lower-case ASCII, names of other scripts in the domain as they are in the domain name system. Two
/// addresses that look the same are the same. Whether mail arrives there is not this type's business.
/// </summary>
internal static class EmailAddress
{
    public const int LongestLength = 254;

    /// <summary>Signs that stand before the @ only within quotes, which nobody uses. https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3</summary>
    private const string Specials = "()<>[]:;@\\,\"";

    private static readonly IdnMapping Domains = new() { UseStd3AsciiRules = true };

    /// <summary>The address as it is kept.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it is no address.</exception>
    public static string Require(string? text) =>
        TryNormalize(text) ?? throw Failure.BadInput(
            "The e-mail address needs the form name@example.com: letters from a to z, digits and signs before the @, and none that cannot be seen.");

    /// <summary>The address as it is kept, or null when it is none.</summary>
    public static string? TryNormalize(string? text)
    {
        var address = VisibleText.TryNormalize(text)?.ToLowerInvariant() ?? "";
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || !address[..at].All(c => c is > ' ' and <= '~' && !Specials.Contains(c, StringComparison.Ordinal))) return null;
        return Domain(address[(at + 1)..]) is { } domain && at + 1 + domain.Length <= LongestLength ? $"{address[..at]}@{domain}" : null;
    }

    /// <summary>The forms in which an address may have been kept, today's first: there was a time when any letters were taken as they came.</summary>
    public static IEnumerable<string> FormsKept(string? text)
    {
        var today = TryNormalize(text);
        return new[] { today, FirstForm(text), FirstForm(InLetters(today)) }.OfType<string>().Distinct(StringComparer.Ordinal);
    }

    /// <summary>The key of the grain of a normalised address.</summary>
    public static string GrainKey(string normalized) => Secrets.Hash(normalized);

    private static string? Domain(string text)
    {
        try
        {
            return text.EndsWith('.') ? null : Domains.GetAscii(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>An address with its domain in the letters that it stands for.</summary>
    private static string? InLetters(string? address)
    {
        var at = address?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        try
        {
            return at < 0 ? null : $"{address![..at]}@{Domains.GetUnicode(address[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? FirstForm(string? text)
    {
        var address = text?.Trim().ToLowerInvariant() ?? "";
        var at = address.IndexOf('@', StringComparison.Ordinal);
        var wellFormed = at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && address.Length <= LongestLength
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));
        return wellFormed ? address : null;
    }
}
