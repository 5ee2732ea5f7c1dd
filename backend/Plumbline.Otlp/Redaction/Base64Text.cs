using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Plumbline.Otlp.Redaction;

/// <summary>Redacts a text that is base64 as a whole, or an address that carries one, as what it stands for: files that are texts go along with messages
/// like this.</summary>
internal static class Base64Text
{
    private const int Shortest = 16;
    private const int Sample = 64;

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Whether there was something to take out; what is left, in base64 again, is then in <see cref="RedactionFrame.Rewritten"/>.</summary>
    public static bool TryRedact(RedactionPass pass, ReadOnlySpan<byte> text, RedactionFrame frame, int below)
    {
        var (prefix, encoded) = Split(text);
        if (encoded.Length < Shortest || encoded.Length % 4 != 0 || encoded.ContainsAnyExcept(Alphabet) || !IsText(encoded[..Math.Min(Sample, encoded.Length)]))
            return false;
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (Base64.DecodeFromUtf8(encoded, decoded, out _, out var length) != OperationStatus.Done || !Utf8.IsValid(decoded.AsSpan(0, length))) return false;
        if (!pass.Text(decoded.AsSpan(0, length), below, out var left)) return false;
        frame.Rewritten.Clear();
        frame.Rewritten.Write(prefix);
        frame.Rewritten.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(left)));
        return true;
    }

    // data:text/plain;base64,…
    private static Parts Split(ReadOnlySpan<byte> text)
    {
        var comma = text.StartsWith("data:"u8) ? text.IndexOf(";base64,"u8) : -1;
        return comma < 0 ? new(default, text) : new(text[..(comma + 8)], text[(comma + 8)..]);
    }

    /// <summary>Whether the beginning decodes to a text. Pictures and other files hold bytes at once that no text does.</summary>
    private static bool IsText(ReadOnlySpan<byte> encoded)
    {
        Span<byte> decoded = stackalloc byte[Sample];
        if (Base64.DecodeFromUtf8(encoded, decoded, out _, out var length) != OperationStatus.Done) return false;
        // A letter may be cut in two at the end of the sample.
        var whole = decoded[..length];
        for (var cut = 0; cut < 4 && cut < length; cut++)
            if (Utf8.IsValid(whole[..^cut])) return !whole[..^cut].ContainsAnyInRange((byte)0, (byte)8);
        return false;
    }

    private readonly ref struct Parts(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> encoded)
    {
        private readonly ReadOnlySpan<byte> _prefix = prefix;
        private readonly ReadOnlySpan<byte> _encoded = encoded;

        public void Deconstruct(out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> encoded)
        {
            prefix = _prefix;
            encoded = _encoded;
        }
    }
}
