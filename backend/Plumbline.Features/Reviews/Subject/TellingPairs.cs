using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Takes out of a text that a program may have recorded what tells outright who made it, where names and values stand in it otherwise than in JSON:
/// in queries of addresses, attributes and elements of XML, log lines, YAML, headers. Like <see cref="IdentityKeys"/> a net that can never be whole.</summary>
internal static partial class TellingPairs
{
    public static string Without(string text) =>
        text.AsSpan().IndexOfAny("=:<%") < 0 ? text : WithoutLines(WithoutAssignments(WithoutElements(Escaped().Replace(text, ""))));

    // <usage>…</usage>, whatever is within.
    private static string WithoutElements(string text)
    {
        if (!text.Contains("</", StringComparison.Ordinal)) return text;
        var tags = Tag().Matches(text);
        var closed = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match tag in tags)
            if (tag.Groups["close"].Length > 0) closed[tag.Groups["name"].Value] = tag.Index;
        var shown = new StringBuilder();
        var from = 0;
        string? within = null;
        foreach (Match tag in tags)
        {
            var name = tag.Groups["name"].Value;
            if (within is null && tag.Groups["close"].Length == 0 && closed.GetValueOrDefault(name, -1) > tag.Index && IdentityKeys.TellOutright(name))
            {
                shown.Append(text, from, tag.Index - from);
                within = name;
            }
            else if (within == name && tag.Groups["close"].Length > 0)
            {
                from = tag.Index + tag.Length;
                within = null;
            }
        }
        return shown.Append(text, from, text.Length - from).ToString();
    }

    private static string WithoutAssignments(string text)
    {
        var shown = new StringBuilder();
        var from = 0;
        foreach (Match pair in Assignment().Matches(text))
        {
            if (!IdentityKeys.TellOutright(pair.Groups["name"].Value)) continue;
            var (start, end) = (pair.Index, pair.Index + pair.Length);
            // With what parts it from the next, or from the one before.
            if (end < text.Length && text[end] is ' ' or '&') end++;
            else if (start > from && text[start - 1] is ' ' or '&' or '?') start--;
            shown.Append(text, from, start - from);
            from = end;
        }
        return shown.Append(text, from, text.Length - from).ToString();
    }

    // A person's "Model: iPhone 12" is none: programs begin such names with small letters.
    private static string WithoutLines(string text)
    {
        if (!Line().IsMatch(text)) return text;
        var left = new List<string>();
        int? above = null;
        foreach (var line in text.Split('\n'))
        {
            var indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
            if (above is { } outer && (indent > outer || string.IsNullOrWhiteSpace(line))) continue;
            above = Line().Match(line) is { Success: true } named && IdentityKeys.TellOutright(named.Groups["name"].Value) ? indent : null;
            if (above is null) left.Add(line);
        }
        return string.Join('\n', left);
    }

    [GeneratedRegex("%7B(?:%22|%27)[^\\s\"'<>]*", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Escaped();

    [GeneratedRegex("<(?<close>/?)(?<name>(?>[A-Za-z_][\\w:.-]*))[^<>]*>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Tag();

    [GeneratedRegex(
        """(?<![\w.-])(?<name>(?>[A-Za-z_][\w.-]*))=(?>"[^"]*"|'[^']*'|[^\s&"'<>;,)\]}=][^\s&"'<>;,)\]}]*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Assignment();

    [GeneratedRegex("^[ \\t]*(?:-[ \\t]+)?(?<name>(?>[a-z][\\w.-]*))[ \\t]*(?::|=)(?=\\s|$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Line();
}
