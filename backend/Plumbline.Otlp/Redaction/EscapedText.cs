using System.Globalization;
using System.Text;
using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Redaction;

/// <summary>Redacts a text that has escapes and is no JSON as a whole: JSON that was cut off, lines of it, JSON in prose, a program's literal.
/// Each quoted piece, and each piece between two of them, is looked at as it reads without its escapes.</summary>
internal static class EscapedText
{
    /// <summary>Whether there was something to take out; what is left is then in <see cref="RedactionFrame.Written"/>.</summary>
    public static bool TryRedact(RedactionPass pass, ReadOnlySpan<byte> text, RedactionFrame frame, int below)
    {
        var into = frame.Written;
        into.Clear();
        var changed = false;
        for (var at = 0; at < text.Length;)
        {
            var isQuoted = text[at] == '"';
            if (isQuoted) into.Write(text.Slice(at++, 1));
            var end = at + PieceLength(text[at..]);
            changed |= Piece(pass, text[at..end], isQuoted, frame, below);
            // The quote that ends a quoted piece begins no other.
            if (isQuoted && end < text.Length) into.Write(text.Slice(end++, 1));
            at = end;
        }
        return changed;
    }

    private static bool Piece(RedactionPass pass, ReadOnlySpan<byte> piece, bool isQuoted, RedactionFrame frame, int below)
    {
        if (!piece.Contains((byte)'\\') || !TryUnescape(piece, frame.Plain) || !pass.Text(frame.Plain.Written, below, out var redacted))
        {
            frame.Written.Write(piece);
            return false;
        }
        if (isQuoted) Quote(redacted, frame);
        else frame.Written.Write(redacted);
        return true;
    }

    private static void Quote(ReadOnlySpan<byte> text, RedactionFrame frame)
    {
        frame.Json.Clear();
        frame.Json.Text(text);
        frame.Written.Write(frame.Json.Written[1..^1]);
    }

    private static int PieceLength(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"') return at;
            if (text[at] == '\\') at++;
        }
        return text.Length;
    }

    /// <summary>Undoes the escapes that are any; what is none stays, as the end of a text that was cut off in the middle of one.</summary>
    private static bool TryUnescape(ReadOnlySpan<byte> text, TextBuffer into)
    {
        into.Clear();
        var any = false;
        while (text.IndexOf((byte)'\\') is >= 0 and var slash)
        {
            into.Write(text[..slash]);
            text = text[slash..];
            var length = Escape(text, out var rune);
            any |= length > 0;
            if (length > 0) Write(rune, into);
            else into.Write(text[..(length = 1)]);
            text = text[length..];
        }
        into.Write(text);
        return any;
    }

    // The length of the escape that a text begins with, and what it stands for.
    private static int Escape(ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = default;
        if (text.Length < 2) return 0;
        return text[1] switch
        {
            (byte)'u' => Unicode(text, out rune),
            (byte)'x' => TryHex(text[2..], 2, out var code) && Is(code, out rune) ? 4 : 0,
            (byte)'n' => Is('\n', out rune) ? 2 : 0,
            (byte)'t' => Is('\t', out rune) ? 2 : 0,
            (byte)'r' => Is('\r', out rune) ? 2 : 0,
            (byte)'b' => Is('\b', out rune) ? 2 : 0,
            (byte)'f' => Is('\f', out rune) ? 2 : 0,
            (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'\'' => Is(text[1], out rune) ? 2 : 0,
            _ => 0,
        };
    }

    private static int Unicode(ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = default;
        if (!TryHex(text[2..], 4, out var first)) return 0;
        if (char.IsHighSurrogate((char)first) && text[6..].StartsWith("\\u"u8) && TryHex(text[8..], 4, out var second)
            && Rune.TryCreate((char)first, (char)second, out rune)) return 12;
        return Is(first, out rune) ? 6 : 0;
    }

    private static bool Is(int code, out Rune rune) => Rune.TryCreate(code, out rune);

    private static bool TryHex(ReadOnlySpan<byte> text, int digits, out int code)
    {
        code = 0;
        return text.Length >= digits && int.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }

    private static void Write(Rune rune, TextBuffer into)
    {
        Span<byte> utf8 = stackalloc byte[4];
        into.Write(utf8[..rune.EncodeToUtf8(utf8)]);
    }
}
