using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>The value of a block string and its printed form. https://spec.graphql.org/September2025/#BlockStringValue()</summary>
internal static class BlockString
{
    public static string Dedent(string raw)
    {
        var lines = raw.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
        var common = int.MaxValue;
        var first = -1;
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = Indent(lines[i]);
            if (indent == lines[i].Length) continue;
            if (first < 0) first = i;
            last = i;
            if (i != 0 && indent < common) common = indent;
        }
        if (first < 0) return "";
        var value = new StringBuilder();
        for (var i = first; i <= last; i++)
        {
            if (i > first) value.Append('\n');
            value.Append(i == 0 ? lines[i] : lines[i].AsSpan(Math.Min(common, lines[i].Length)));
        }
        return value.ToString();
    }

    private static int Indent(string line)
    {
        var i = 0;
        while (i < line.Length && (line[i] is ' ' or '\t')) i++;
        return i;
    }

    public static string Print(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"");
        var lines = escaped.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
        var forceLeadingNewLine = lines.Length > 1 && lines.Skip(1).All(line => line is [] or [' ' or '\t', ..]);
        var endsInTripleQuote = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var forceTrailingNewLine = (value.EndsWith('"') && !endsInTripleQuote) || value.EndsWith('\\');
        var multiline = lines.Length > 1 || value.Length > 70 || forceTrailingNewLine || forceLeadingNewLine || endsInTripleQuote;
        var skipLeadingNewLine = lines.Length == 1 && value is [' ' or '\t', ..];
        var text = new StringBuilder("\"\"\"");
        if ((multiline && !skipLeadingNewLine) || forceLeadingNewLine) text.Append('\n');
        text.Append(escaped);
        if (multiline || forceTrailingNewLine) text.Append('\n');
        return text.Append("\"\"\"").ToString();
    }
}
