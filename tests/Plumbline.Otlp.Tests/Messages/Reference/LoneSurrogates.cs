using System.Buffers.Text;

namespace Plumbline.Otlp.Tests.Messages.Reference;

/// <summary>Replaces escapes of half a surrogate pair, which JSON allows and no text can hold, by the replacement character.</summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    public static ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> json)
    {
        var copy = json.ToArray();
        for (var i = 0; i < copy.Length; i++)
        {
            if (copy[i] != '\\') continue;
            if (!Unit(copy.AsSpan(i), out var unit)) i++;
            else if (char.IsHighSurrogate(unit) && Unit(copy.AsSpan(i + EscapeLength), out var low) && char.IsLowSurrogate(low)) i += (2 * EscapeLength) - 1;
            else
            {
                if (char.IsSurrogate(unit)) "\\ufffd"u8.CopyTo(copy.AsSpan(i));
                i += EscapeLength - 1;
            }
        }
        return copy;
    }

    private static bool Unit(ReadOnlySpan<byte> escape, out char unit)
    {
        unit = '\0';
        if (escape.Length < EscapeLength || !escape.StartsWith("\\u"u8)
            || !Utf8Parser.TryParse(escape[2..EscapeLength], out ushort value, out var used, 'x') || used != 4) return false;
        unit = (char)value;
        return true;
    }
}
