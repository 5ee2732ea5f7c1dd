namespace Plumbline.Features.Kernel.Messages.Structures;

/// <summary>A mark that opens a quoted word: a quote, one that was escaped because it stands in a string itself, or one of HTML's or JSON's names for
/// it.</summary>
internal readonly record struct Quote(int Length, char Mark, int Escapes, string? Named)
{
    private const int MostEscapes = 64;
    private static readonly string[] Names = ["&quot;", "&apos;", "&#34;", "&#39;", "&#x27;", "&#x22;"];

    private static readonly string[] Codes = ["u0022", "u0027"];

    /// <summary>The mark at that place; null when there is none.</summary>
    public static Quote? At(string text, int at)
    {
        if (at >= text.Length) return null;
        var c = text[at];
        if (c is '"' or '\'' or '`') return new(1, c, 0, null);
        if (c == '“') return new(1, '”', 0, "”");
        if (c is not ('&' or '\\')) return null;
        foreach (var name in Names)
            if (string.CompareOrdinal(text, at, name, 0, name.Length) == 0) return new(name.Length, name[^1], 0, name);
        var escapes = 0;
        while (escapes < MostEscapes && at + escapes < text.Length && text[at + escapes] == '\\') escapes++;
        if (escapes == 0) return null;
        foreach (var code in Codes)
            if (string.CompareOrdinal(text, at + escapes, code, 0, code.Length) == 0)
                return new(escapes + code.Length, code[^1], 0, text.Substring(at, escapes + code.Length));
        return at + escapes < text.Length && text[at + escapes] is '"' or '\'' ? new(escapes + 1, text[at + escapes], escapes, null) : null;
    }

    /// <summary>Where the word ends that begins there, and how long the mark is that ends it; the end of the text when nothing does.</summary>
    public (int At, int Length) CloseIn(string text, int from)
    {
        if (Named is not null)
        {
            var named = text.IndexOf(Named, from, StringComparison.Ordinal);
            // One with more escapes is within the word.
            while (named > from && Named[0] == '\\' && text[named - 1] == '\\') named = text.IndexOf(Named, named + 1, StringComparison.Ordinal);
            return named < 0 ? (text.Length, 0) : (named, Named.Length);
        }
        for (var at = text.IndexOf(Mark, from); at >= 0; at = text.IndexOf(Mark, at + 1))
        {
            var escapes = 0;
            while (at - escapes > from && text[at - escapes - 1] == '\\') escapes++;
            // One with fewer escapes ends the string that this structure stands in.
            if (escapes < Escapes || (escapes - Escapes) % (2 * (Escapes + 1)) == 0) return (at - Math.Min(escapes, Escapes), Math.Min(escapes, Escapes) + 1);
        }
        return (text.Length, 0);
    }
}
