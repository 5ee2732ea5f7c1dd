using System.Buffers;
using System.Net;
using System.Text;

namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>Addresses of both versions of IP, the shortened form of the second among them.</summary>
internal sealed class IpAddressMatcher : TextMatcher
{
    private const int Longest = 64;
    private static readonly SearchValues<byte> Separators = SearchValues.Create(".:"u8);

    // Every address has a separator behind its first group, and before the group stands nothing of a word and no separator.
    public override bool TryFind(ReadOnlySpan<byte> text, int from, out Range match)
    {
        for (var next = from; text[next..].IndexOfAny(Separators) is >= 0 and var found;)
        {
            var at = next + found;
            next = at + 1;
            var start = at;
            while (start > from && at - start < 4 && char.IsAsciiHexDigit((char)text[start - 1])) start--;
            if (start == at || Around.At(text, start - 1) is (byte)'.' or (byte)':' || Around.IsWordBefore(text, start)) continue;
            var end = text[at] == '.' ? Dotted(text, start) : Colons(text, start);
            if (end < 0) continue;
            if (IsAddress(text[start..end]))
            {
                match = start..end;
                return true;
            }
            next = end;
        }
        match = default;
        return false;
    }

    private static bool IsAddress(ReadOnlySpan<byte> found)
    {
        Span<char> chars = stackalloc char[Longest];
        return found.Length <= chars.Length && IPAddress.TryParse(chars[..Encoding.ASCII.GetChars(found, chars)], out _);
    }

    private static int Dotted(ReadOnlySpan<byte> text, int at)
    {
        for (var part = 0; ; part++)
        {
            var digits = Around.DigitsAt(text, at);
            if (digits is 0 or > 3) return -1;
            at += digits;
            if (part == 3) return IsEnd(text, at) ? at : -1;
            if (Around.At(text, at++) != '.') return -1;
        }
    }

    private static int Colons(ReadOnlySpan<byte> text, int at)
    {
        var groups = 0;
        for (; groups < 7 && Group(text, at) is > 0 and var size && Around.At(text, at + size) == ':'; groups++)
        {
            // The shortened form has at most six groups before the gap.
            if (groups < 6 && Around.At(text, at + size + 1) == ':') return AfterGap(text, at + size + 1);
            at += size + 1;
        }
        return groups >= 2 && Group(text, at) is > 0 and var last && IsEnd(text, at + last) ? at + last : -1;
    }

    private static int AfterGap(ReadOnlySpan<byte> text, int at)
    {
        var groups = 0;
        for (; groups < 6 && Around.At(text, at) == ':' && Group(text, at + 1) is > 0 and var size; groups++) at += size + 1;
        return groups > 0 && IsEnd(text, at) ? at : -1;
    }

    private static int Group(ReadOnlySpan<byte> text, int at) => Around.HexDigitsAt(text, at) is > 0 and <= 4 and var size ? size : -1;

    private static bool IsEnd(ReadOnlySpan<byte> text, int at) =>
        Around.At(text, at) != ':' && !Around.IsWordAt(text, at) && !(Around.At(text, at) == '.' && Around.IsDigitAt(text, at + 1));
}
