using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.TraceStore.Text;

/// <summary>Finds where a JSON text ends, 32 bytes at a time: texts of messages are long and full of escaped quotes.</summary>
internal static class JsonText
{
    /// <summary>The index of the first quote that no escape stands before; -1 when there is none.</summary>
    /// <param name="text">What follows the opening quote.</param>
    /// <param name="escapes">How many escapes stand before that quote.</param>
    public static int End(ReadOnlySpan<byte> text, out int escapes)
    {
        escapes = 0;
        var at = 0;
        var carry = 0u; // 1 when the byte before the block escapes its first
        ref var start = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)at);
            var quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
            var slashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
            if ((slashes & ((slashes << 1) | carry)) != 0) slashes = Escaping(slashes, carry);
            quotes &= ~((slashes << 1) | carry);
            if (quotes != 0)
            {
                var end = BitOperations.TrailingZeroCount(quotes);
                escapes += BitOperations.PopCount(slashes & ((1u << end) - 1));
                return at + end;
            }
            escapes += BitOperations.PopCount(slashes);
            carry = slashes >> 31;
        }
        for (at += (int)carry; at < text.Length; at++)
        {
            if (text[at] == '"') return at;
            if (text[at] != '\\') continue;
            escapes++;
            at++;
        }
        return -1;
    }

    // The backslashes that are not themselves escaped by the one before.
    private static uint Escaping(uint slashes, uint carry)
    {
        var left = slashes & ~carry;
        var escaping = 0u;
        while (left != 0)
        {
            var first = left & (0 - left);
            escaping |= first;
            left &= ~(first | (first << 1));
        }
        return escaping;
    }
}
