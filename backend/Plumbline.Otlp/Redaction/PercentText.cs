using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Redaction;

/// <summary>Redacts the parts of URLs and forms as they read without their percent signs.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc3986#section-2.1</remarks>
internal static class PercentText
{
    // What a part consists of: all that is no delimiter of a URL, a form or the text around them.
    private static readonly SearchValues<byte> Part =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%+@:!*'()$"u8);

    // What may stand in a part as it is.
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@:!*'()$,;[]"u8);

    /// <summary>Whether there was something to take out; what is left is then in <see cref="RedactionFrame.Rewritten"/>.</summary>
    public static bool TryRedact(RedactionPass pass, ReadOnlySpan<byte> text, RedactionFrame frame, int below)
    {
        var into = frame.Rewritten;
        into.Clear();
        var changed = false;
        while (!text.IsEmpty)
        {
            var length = text.IndexOfAnyExcept(Part);
            var part = length < 0 ? text : text[..length];
            if (part.Contains((byte)'%') && (IsFound(pass, part, frame, below, '+', out var left) || IsFound(pass, part, frame, below, ' ', out left)))
            {
                changed = true;
                Encode(left, into);
            }
            else into.Write(part);
            if (length < 0) break;
            var next = text[length..].IndexOfAny(Part);
            into.Write(next < 0 ? text[length..] : text.Slice(length, next));
            text = next < 0 ? default : text[(length + next)..];
        }
        return changed;
    }

    // A plus sign is one in a path and a space in a form.
    private static bool IsFound(RedactionPass pass, ReadOnlySpan<byte> part, RedactionFrame frame, int below, char plus, out ReadOnlySpan<byte> left)
    {
        left = default;
        return (plus == '+' || part.Contains((byte)'+')) && TryDecode(part, (byte)plus, frame.Plain) && pass.Text(frame.Plain.Written, below, out left);
    }

    private static bool TryDecode(ReadOnlySpan<byte> part, byte plus, TextBuffer into)
    {
        into.Clear();
        var any = false;
        for (var at = 0; at < part.Length; at++)
        {
            var c = part[at];
            if (c == '%' && TryCode(part[(at + 1)..], out var code))
            {
                (c, any) = (code, true);
                at += 2;
            }
            else if (c == '+') c = plus;
            into.Write([c]);
        }
        return any && Utf8.IsValid(into.Written);
    }

    private static bool TryCode(ReadOnlySpan<byte> digits, out byte code)
    {
        code = 0;
        return digits.Length >= 2 && byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }

    private static void Encode(ReadOnlySpan<byte> text, TextBuffer into)
    {
        Span<byte> code = stackalloc byte[3];
        foreach (var c in text)
        {
            if (Plain.Contains(c))
            {
                into.Write([c]);
                continue;
            }
            code[0] = (byte)'%';
            code[1] = "0123456789ABCDEF"u8[c >> 4];
            code[2] = "0123456789ABCDEF"u8[c & 15];
            into.Write(code);
        }
    }
}
