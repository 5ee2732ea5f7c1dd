using System.Text;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Text;

/// <summary>What "ignoring case" means here: each code point by its simple lower-case mapping, except that no code point outside ASCII becomes one inside it.
/// A text of ASCII letters can therefore be found by looking at ASCII bytes alone.</summary>
internal static class CaseFold
{
    /// <summary>Folds UTF-8; bytes that are no UTF-8 stay as they are.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> utf8)
    {
        var folded = new ByteBuffer(utf8.Length + 16);
        Fold(utf8, folded);
        return folded.ToArray();
    }

    public static byte[] Fold(string text) => Fold(Encoding.UTF8.GetBytes(text));

    public static void Fold(ReadOnlySpan<byte> utf8, ByteBuffer into)
    {
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (plain < 0) plain = utf8.Length;
            if (plain > 0)
            {
                Ascii.ToLower(utf8[..plain], into.Reserve(plain), out _);
                utf8 = utf8[plain..];
                continue;
            }
            utf8 = utf8[FoldOne(utf8, into)..];
        }
    }

    private static int FoldOne(ReadOnlySpan<byte> utf8, ByteBuffer into)
    {
        if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != System.Buffers.OperationStatus.Done)
        {
            into.Write(utf8[..length]);
            return length;
        }
        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsAscii || lower == rune) into.Write(utf8[..length]);
        else into.Advance(lower.EncodeToUtf8(into.GetSpan(4)));
        return length;
    }
}
