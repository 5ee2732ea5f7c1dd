using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Redaction.Matchers;

namespace Plumbline.Otlp.Redaction;

/// <summary>Applies redaction rules in their order. May be used by several threads at once. The built-in kinds work on UTF-8 and allocate nothing.</summary>
/// <param name="patterns">The rules.</param>
/// <param name="timeout">Longest time one rule may take over one text; a text that takes longer is not stored at all.</param>
public sealed class Redactor(IEnumerable<RedactionPattern> patterns, TimeSpan timeout) : IRedactor
{
    private const int HashedBytes = 6;

    [ThreadStatic]
    private static (TextBuffer Now, TextBuffer Next)? scratch;

    private readonly Rule[] rules = [.. patterns.Select(p => Rule.Of(p, timeout))];
    private readonly RedactionBudget? budget;

    private Redactor(Rule[] rules, RedactionBudget budget) : this(Enumerable.Empty<RedactionPattern>(), TimeSpan.Zero) => (this.rules, this.budget) = (rules, budget);

    /// <summary>The same rules for one request.</summary>
    /// <param name="budget">What they may take over its texts; beyond it <see cref="TryRedact"/> throws <see cref="RedactionTooLongException"/>.</param>
    public Redactor Within(RedactionBudget budget) => new(rules, budget);

    /// <inheritdoc/>
    public bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted)
    {
        redacted = default;
        if (utf8.IsEmpty) return false;
        var (now, next) = scratch ??= (new(), new());
        var text = utf8;
        var changed = false;
        foreach (var rule in rules)
        {
            budget?.Require();
            if (!(rule.Matcher is null ? ByExpression(rule, text, next) : ByMatcher(rule, text, next))) continue;
            changed = true;
            text = next.Written;
            (now, next) = (next, now);
        }
        redacted = text;
        return changed && !text.SequenceEqual(utf8);
    }

    /// <summary>The text without what the rules take out.</summary>
    public string Redact(string text) => TryRedact(Encoding.UTF8.GetBytes(text), out var redacted) ? Encoding.UTF8.GetString(redacted) : text;

    private static bool ByMatcher(Rule rule, ReadOnlySpan<byte> text, TextBuffer into)
    {
        if (!rule.Matcher!.TryFind(text, 0, out var match)) return false;
        into.Clear();
        var done = 0;
        do
        {
            into.Write(text[done..match.Start.Value]);
            Instead(rule, text[match], into);
            done = match.End.Value;
        }
        while (rule.Matcher.TryFind(text, done, out match));
        into.Write(text[done..]);
        return true;
    }

    private static bool ByExpression(Rule rule, ReadOnlySpan<byte> text, TextBuffer into)
    {
        try
        {
            var before = Encoding.UTF8.GetString(text);
            var after = rule.Expression!.Replace(before, match => Instead(rule, match.Value));
            if (ReferenceEquals(before, after) || before == after) return false;
            into.Copy(Encoding.UTF8.GetBytes(after));
        }
        catch (RegexMatchTimeoutException)
        {
            into.Copy("[removed: redaction took too long]"u8);
        }
        return true;
    }

    private static string Instead(Rule rule, string found)
    {
        var buffer = new TextBuffer();
        Instead(rule, Encoding.UTF8.GetBytes(found), buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private static void Instead(Rule rule, ReadOnlySpan<byte> found, TextBuffer into)
    {
        if (rule.As == RedactedAs.Remove) return;
        into.Write("["u8);
        into.Write(rule.Name);
        if (rule.As == RedactedAs.Hash)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Span<byte> digits = stackalloc byte[HashedBytes * 2];
            SHA256.HashData(found, hash);
            Convert.TryToHexStringLower(hash[..HashedBytes], digits, out _);
            into.Write(":"u8);
            into.Write(digits);
        }
        into.Write("]"u8);
    }

    private sealed record Rule(byte[] Name, RedactedAs As, TextMatcher? Matcher, Regex? Expression)
    {
        public static Rule Of(RedactionPattern pattern, TimeSpan timeout)
        {
            var matcher = TextMatcher.Of(pattern.Kind);
            return new(Encoding.UTF8.GetBytes(pattern.Name), pattern.As, matcher, matcher is null ? RedactionRegex.Of(pattern, timeout) : null);
        }
    }
}
