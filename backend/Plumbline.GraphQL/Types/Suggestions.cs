namespace Plumbline.GraphQL.Types;

/// <summary>"Did you mean" by edit distance (optimal string alignment, Damerau 1964), ignoring case.</summary>
internal static class Suggestions
{
    private const int MaxSuggestions = 5;

    public static string DidYouMean(string input, IEnumerable<string> options, string? what = null) => Sentence(List(input, options), what);

    public static string Sentence(IReadOnlyList<string> suggestions, string? what = null)
    {
        var quoted = suggestions.Take(MaxSuggestions).Select(s => $"\"{s}\"").ToArray();
        if (quoted.Length == 0) return "";
        var list = quoted.Length switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} or {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, or {quoted[^1]}",
        };
        return $" Did you mean {(what is null ? "" : what + " ")}{list}?";
    }

    /// <summary>Options near enough, nearest first.</summary>
    public static IReadOnlyList<string> List(string input, IEnumerable<string> options)
    {
        var threshold = (int)Math.Floor(input.Length * 0.4) + 1;
        return [.. options.Select(option => (option, distance: Distance(input, option, threshold))).Where(o => o.distance <= threshold)
            .OrderBy(o => o.distance).ThenBy(o => o.option, NaturalOrder.Instance).Select(o => o.option)];
    }

    private static int Distance(string input, string option, int threshold)
    {
        if (input == option) return 0;
        var a = option.ToLowerInvariant();
        var b = input.ToLowerInvariant();
        if (a == b) return 1;
        if (Math.Abs(a.Length - b.Length) > threshold) return int.MaxValue;
        var rows = new int[3][];
        for (var i = 0; i < 3; i++) rows[i] = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) rows[0][j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (above, row) = (rows[(i - 1) % 3], rows[i % 3]);
            var smallest = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var cell = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cell = Math.Min(cell, rows[(i - 2) % 3][j - 2] + 1);
                smallest = Math.Min(smallest, row[j] = cell);
            }
            if (smallest > threshold) return int.MaxValue;
        }
        return rows[a.Length % 3][b.Length];
    }
}

/// <summary>Orders texts so that embedded numbers count: a2 before a10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                var byNumber = TakeNumber(ref a).CompareTo(TakeNumber(ref b));
                if (byNumber != 0) return byNumber;
                continue;
            }
            if (a[0] != b[0]) return a[0].CompareTo(b[0]);
            a = a[1..];
            b = b[1..];
        }
        return x!.Length.CompareTo(y!.Length);
    }

    private static decimal TakeNumber(ref ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 28 && char.IsAsciiDigit(text[length])) length++;
        var number = decimal.Parse(text[..length]);
        text = text[length..];
        return number;
    }
}
