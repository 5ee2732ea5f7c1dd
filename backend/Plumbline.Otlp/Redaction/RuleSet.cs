using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Redaction.Matchers;

namespace Plumbline.Otlp.Redaction;

/// <summary>Applies rules to plain text, in their order. May be used by several threads at once. The built-in kinds work on UTF-8 and allocate
/// nothing.</summary>
internal sealed class RuleSet
{
    private const int HashedBytes = 6;

    [ThreadStatic]
    private static (TextBuffer Now, TextBuffer Next)? _scratch;

    private readonly Rule[] _rules;
    private readonly RedactionBudget? _budget;

    /// <summary>Makes the rules ready.</summary>
    /// <param name="patterns">The rules.</param>
    /// <param name="timeout">Longest time one rule may take over one text; a text that takes longer is not stored at all.</param>
    public RuleSet(IReadOnlyCollection<RedactionPattern> patterns, TimeSpan timeout)
    {
        _rules = [.. patterns.Select(p => Rule.Of(p, timeout))];
        LooksAtNames = patterns.Any(p => p.Kind is RedactedKind.Secret or RedactedKind.Regex);
    }

    private RuleSet(RuleSet rules, RedactionBudget budget) => (_rules, LooksAtNames, _budget) = (rules._rules, rules.LooksAtNames, budget);

    /// <summary>Whether a rule may find something by the name that stands before it.</summary>
    public bool LooksAtNames { get; }

    /// <summary>The same rules, which throw <see cref="RedactionTooLongException"/> once the budget is used up.</summary>
    public RuleSet Within(RedactionBudget budget) => new(this, budget);

    /// <summary>Whether there was something to take out of valid UTF-8; what is left is good until this thread redacts again.</summary>
    public bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted)
    {
        redacted = default;
        if (utf8.IsEmpty) return false;
        var (now, next) = _scratch ??= (new(), new());
        var text = utf8;
        var changed = false;
        foreach (var rule in _rules)
        {
            _budget?.Require();
            if (!(rule.Matcher is null ? ByExpression(rule, text, next) : ByMatcher(rule, text, next))) continue;
            changed = true;
            text = next.Written;
            (now, next) = (next, now);
        }
        redacted = text;
        return changed && !text.SequenceEqual(utf8);
    }

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
