using System.Text;

namespace Plumbline.Contracts;

/// <summary>The short name of an organization or project in addresses: 1 to 40 lower-case letters, digits and single hyphens between them.</summary>
public static class Slug
{
    public const int LongestLength = 40;

    /// <summary>The slug, if it is one.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it breaks the rule.</exception>
    public static string Require(string slug) => IsWellFormed(slug)
        ? slug
        : throw Failure.BadInput($"'{slug}' is not a valid slug: use 1 to {LongestLength} lower-case letters, digits and single hyphens between them.");

    /// <summary>A slug made from a name: what a slug cannot hold becomes a hyphen.</summary>
    public static string From(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (lower.IsAscii && Rune.IsLetterOrDigit(lower)) text.Append((char)lower.Value);
            else if (text.Length > 0 && text[^1] != '-') text.Append('-');
            if (text.Length == LongestLength) break;
        }
        var slug = text.ToString().Trim('-');
        return slug.Length == 0 ? "unnamed" : slug;
    }

    /// <summary>The slug, or with a number behind it that fits its length: <c>acme</c>, <c>acme-2</c>.</summary>
    public static string Numbered(string slug, int number)
    {
        if (number < 2) return slug;
        var suffix = $"-{number}";
        return slug[..Math.Min(slug.Length, LongestLength - suffix.Length)].TrimEnd('-') + suffix;
    }

    public static bool IsWellFormed(string slug) =>
        slug.Length is > 0 and <= LongestLength
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal);
}
