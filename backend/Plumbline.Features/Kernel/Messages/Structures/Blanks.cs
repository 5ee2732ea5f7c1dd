using System.Globalization;

namespace Plumbline.Features.Kernel.Messages.Structures;

/// <summary>What stands between the words of data without meaning anything: white space, escaped or not, characters that nobody sees, comments.</summary>
internal sealed class Blanks(string text)
{
    // Where a comment or line ends is the same for all that begin before: nothing is searched twice.
    private (int From, int At) _comment = (int.MaxValue, 0);
    private (int From, int At) _line = (int.MaxValue, 0);

    /// <summary>Whether a character is white space, or not seen at all.</summary>
    public static bool Is(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || (c > '\x7f' && char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned);

    /// <summary>The first place from there that is none.</summary>
    /// <param name="mayNote">Whether a comment to the end of the line may stand there; in a value without quotes it may be an address or a number.</param>
    public int Skip(int at, bool mayNote = true)
    {
        while (at < text.Length)
        {
            if (Is(text[at])) at++;
            else if (EscapedAt(at) is var escaped and > 0) at += escaped;
            else if (CommentEnd(at, mayNote) is { } end) at = end;
            else break;
        }
        return at;
    }

    /// <summary>How long the escaped white space there is, \n or \\n; 0 when there is none.</summary>
    public int EscapedAt(int at)
    {
        var next = at;
        while (next < text.Length && next - at < 64 && text[next] == '\\') next++;
        return next > at && next < text.Length && text[next] is 'n' or 'r' or 't' ? next - at + 1 : 0;
    }

    private int? CommentEnd(int at, bool mayNote) => text[at] switch
    {
        '#' when mayNote => Next("\n", at + 1, ref _line),
        '/' when mayNote && at + 1 < text.Length && text[at + 1] == '/' => Next("\n", at + 2, ref _line),
        '/' when at + 1 < text.Length && text[at + 1] == '*' => Next("*/", at + 2, ref _comment),
        _ => null,
    };

    private int Next(string end, int from, ref (int From, int At) known)
    {
        if (from < known.From || from > known.At)
        {
            var found = text.IndexOf(end, from, StringComparison.Ordinal);
            known = (from, found < 0 ? text.Length : found);
        }
        return Math.Min(text.Length, known.At + end.Length);
    }
}
