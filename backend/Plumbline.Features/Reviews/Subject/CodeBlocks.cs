using System.Collections.Frozen;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Takes the blocks of a text apart that say of themselves to be code of a language in which programs are written. What a model says in
/// those is an answer in itself; blocks of data are none.</summary>
internal static class CodeBlocks
{
    private const string Fence = "```";

    private static readonly FrozenSet<string> Languages = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "python", "py", "javascript", "js", "jsx", "typescript", "ts", "tsx", "java", "kotlin", "scala", "c", "cpp", "c++", "h", "csharp", "cs", "c#", "fsharp",
        "go", "golang", "rust", "rs", "ruby", "rb", "php", "swift", "dart", "r", "julia", "lua", "perl", "haskell", "elixir", "erlang", "clojure", "ocaml",
        "sql", "bash", "sh", "shell", "powershell", "html", "css", "scss", "svelte", "vue", "latex", "tex", "jinja", "mustache", "handlebars", "graphql",
        "dockerfile", "makefile");

    /// <summary>The pieces in order, which together are the text.</summary>
    public static IEnumerable<(string Piece, bool IsCode)> Of(string text)
    {
        var from = 0;
        for (var fence = Next(text, 0); fence < text.Length;)
        {
            var line = LineEnd(text, fence);
            var language = text[(fence + Fence.Length)..line].Trim();
            // Any block ends with the next fence.
            var close = Next(text, line);
            if (Languages.Contains(language))
            {
                if (fence > from) yield return (text[from..fence], false);
                from = close < text.Length ? close + Fence.Length : close;
                yield return (text[fence..from], true);
            }
            fence = close < text.Length ? Next(text, LineEnd(text, close)) : close;
        }
        if (from < text.Length) yield return (text[from..], false);
    }

    // A fence stands at the beginning of a line.
    private static int Next(string text, int from)
    {
        for (var at = text.IndexOf(Fence, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Fence, LineEnd(text, at), StringComparison.Ordinal))
            if (at == 0 || text.AsSpan(0, at).TrimEnd(" \t") is [] or [.., '\n']) return at;
        return text.Length;
    }

    private static int LineEnd(string text, int from) => text.IndexOf('\n', from) is var end and >= 0 ? end : text.Length;
}
