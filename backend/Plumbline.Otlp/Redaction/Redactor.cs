using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Otlp.Redaction;

/// <summary>Applies redaction rules in their order. May be used by several threads at once.</summary>
/// <param name="patterns">The rules.</param>
/// <param name="timeout">Longest time one rule may take over one text; a text that takes longer is not stored at all.</param>
public sealed class Redactor(IEnumerable<RedactionPattern> patterns, TimeSpan timeout) : IRedactor
{
    private const string TimedOut = "[removed: redaction took too long]";
    private const int HashedDigits = 12;

    // Every built-in kind needs a digit, or one of these, or a word that begins a secret.
    private static readonly SearchValues<byte> Telling = SearchValues.Create("0123456789@:_-"u8);

    private readonly (RedactionPattern Pattern, Regex Regex)[] rules = [.. patterns.Select(p => (p, RedactionRegex.For(p, timeout)))];
    private readonly bool onlyBuiltIn = patterns.All(p => p.Kind != RedactedKind.Regex);

    /// <inheritdoc/>
    public bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted)
    {
        redacted = default;
        if (utf8.IsEmpty || (onlyBuiltIn && utf8.IndexOfAny(Telling) < 0)) return false;
        var before = Encoding.UTF8.GetString(utf8);
        var after = Redact(before);
        if (ReferenceEquals(before, after) || before == after) return false;
        redacted = Encoding.UTF8.GetBytes(after);
        return true;
    }

    /// <summary>The text without what the rules take out.</summary>
    public string Redact(string text)
    {
        try
        {
            foreach (var (pattern, regex) in rules) text = regex.Replace(text, match => RedactionRegex.IsMeant(pattern.Kind, match.ValueSpan) ? Instead(pattern, match.Value) : match.Value);
            return text;
        }
        catch (RegexMatchTimeoutException)
        {
            return TimedOut;
        }
    }

    private static string Instead(RedactionPattern pattern, string found) => pattern.As switch
    {
        RedactedAs.Mask => $"[{pattern.Name}]",
        RedactedAs.Hash => $"[{pattern.Name}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(found)))[..HashedDigits]}]",
        _ => "",
    };
}
