using System.Buffers.Text;
using System.Text;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>Undoes JSON's escapes in a string the reader has already checked. A half of a surrogate pair becomes U+FFFD instead of an error.</summary>
internal static class JsonUnescape
{
    /// <summary>Writes the unescaped text.</summary>
    /// <returns>Bytes written; never more than <paramref name="source"/> has.</returns>
    public static int Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = source.IndexOf((byte)'\\');
            var run = plain < 0 ? source : source[..plain];
            run.CopyTo(destination[written..]);
            written += run.Length;
            if (plain < 0) return written;
            source = source[(plain + 1)..];
            if (source[0] == 'u') written += Unicode(ref source, destination[written..]);
            else
            {
                destination[written++] = Simple(source[0]);
                source = source[1..];
            }
        }
    }

    private static byte Simple(byte c) => c switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => c,
    };

    private static int Unicode(ref ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var first = Unit(source);
        source = source[5..];
        var rune = Rune.ReplacementChar;
        if (char.IsHighSurrogate(first) && source.StartsWith("\\u"u8) && Rune.TryCreate(first, Unit(source[1..]), out var pair))
        {
            rune = pair;
            source = source[6..];
        }
        else if (Rune.TryCreate(first, out var single)) rune = single;
        return rune.EncodeToUtf8(destination);
    }

    private static char Unit(ReadOnlySpan<byte> source)
    {
        return Utf8Parser.TryParse(source.Slice(1, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD';
    }
}
