namespace Plumbline.Otlp.Mapping.Messages;

/// <summary>Closes JSON that was cut off in the middle, after the last place where it can be closed.</summary>
internal static class CutJson
{
    private const int MaxDepth = 256;

    /// <summary>Closes what is open.</summary>
    /// <returns>Complete JSON holding what came before the cut, or null when the text is not the beginning of JSON.</returns>
    public static byte[]? Close(ReadOnlySpan<byte> text)
    {
        Span<byte> open = stackalloc byte[MaxDepth];
        var depth = 0;
        var inString = false;
        var isKey = false;
        var lastGood = -1;
        var goodDepth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (inString)
            {
                if (c == '\\') i++;
                else if (c == '"')
                {
                    inString = false;
                    if (!isKey) (lastGood, goodDepth) = (i + 1, depth);
                }
                continue;
            }
            switch (c)
            {
                case (byte)'"':
                    inString = true;
                    isKey = depth > 0 && open[depth - 1] == '}' && Before(text, i) is (byte)'{' or (byte)',';
                    break;
                case (byte)'{' or (byte)'[':
                    if (depth == MaxDepth) return null;
                    open[depth++] = c == '{' ? (byte)'}' : (byte)']';
                    (lastGood, goodDepth) = (i + 1, depth);
                    break;
                case (byte)'}' or (byte)']':
                    if (depth == 0 || open[depth - 1] != c) return null;
                    depth--;
                    (lastGood, goodDepth) = (i + 1, depth);
                    break;
                case (byte)',':
                    (lastGood, goodDepth) = (i, depth);
                    break;
            }
        }
        return inString && !isKey && depth > 0 ? EndString(text, open[..depth]) : lastGood < 0 ? null : End(text[..lastGood], open[..goodDepth]);
    }

    // The cut fell into a value's text: keep it up to the last whole character and escape.
    private static byte[] EndString(ReadOnlySpan<byte> text, ReadOnlySpan<byte> open)
    {
        var slash = text.LastIndexOf((byte)'\\');
        if (slash >= 0 && (slash == text.Length - 1 || (text[slash + 1] == 'u' && text.Length - slash < 6)) && !IsEscaped(text, slash)) text = text[..slash];
        while (text.Length > 0 && !System.Text.Unicode.Utf8.IsValid(text[Math.Max(0, text.Length - 4)..]) && text[^1] >= 0x80) text = text[..^1];
        return End([.. text, (byte)'"'], open);
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, int slash)
    {
        var before = 0;
        while (slash - 1 - before >= 0 && text[slash - 1 - before] == '\\') before++;
        return before % 2 == 1;
    }

    private static byte[] End(ReadOnlySpan<byte> text, ReadOnlySpan<byte> open)
    {
        var whole = new byte[text.Length + open.Length];
        text.CopyTo(whole);
        for (var i = 0; i < open.Length; i++) whole[text.Length + i] = open[open.Length - 1 - i];
        return whole;
    }

    private static byte Before(ReadOnlySpan<byte> text, int at)
    {
        for (at--; at >= 0; at--)
        {
            if (text[at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) return text[at];
        }
        return 0;
    }
}
