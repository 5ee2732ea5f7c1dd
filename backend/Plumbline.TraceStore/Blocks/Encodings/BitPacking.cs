using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Blocks.Encodings;

/// <summary>Numbers in as many bits as the largest needs, the first in the lowest bits. Eight bytes of padding follow, so that every number can be read as
/// one word.</summary>
internal static class BitPacking
{
    /// <summary>Wider numbers are kept as whole words.</summary>
    private const int WidestPacked = 56;

    public static int BitsOf(ulong largest)
    {
        var bits = 64 - BitOperations.LeadingZeroCount(largest);
        return bits > WidestPacked ? 64 : bits;
    }

    public static int LengthOf(int count, int bits) => (int)((((long)count * bits) + 7) / 8) + 8;

    public static void Pack(ReadOnlySpan<ulong> numbers, int bits, ByteBuffer into)
    {
        var target = into.Reserve(LengthOf(numbers.Length, bits));
        target.Clear();
        if (bits == 0) return;
        ref var start = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = (long)i * bits;
            ref var word = ref Unsafe.As<byte, ulong>(ref Unsafe.AddByteOffset(ref start, (nint)(at >> 3)));
            Unsafe.WriteUnaligned(
                ref Unsafe.As<ulong, byte>(ref word),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ulong, byte>(ref word)) | (numbers[i] << (int)(at & 7)));
        }
    }

    /// <summary>Whether the packed bytes are long enough for so many numbers.</summary>
    public static bool Fits(ReadOnlySpan<byte> packed, int count, int bits) => bits is >= 0 and <= WidestPacked or 64 && packed.Length == LengthOf(count, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(ReadOnlySpan<byte> packed, int index, int bits)
    {
        var at = (long)index * bits;
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetReference(packed), (nint)(at >> 3)));
        return bits == 64 ? word : (word >> (int)(at & 7)) & ((1ul << bits) - 1);
    }
}
