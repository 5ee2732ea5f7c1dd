using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.TraceStore.Wal;

/// <summary>CRC-32C (Castagnoli), RFC 3720 appendix B.4, eight bytes a step where the processor has the instruction.</summary>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        ref var at = ref MemoryMarshal.GetReference(bytes);
        var rest = bytes.Length;
        for (; rest >= 8; rest -= 8, at = ref Unsafe.Add(ref at, 8)) crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref at));
        for (var i = 0; i < rest; i++) crc = BitOperations.Crc32C(crc, Unsafe.Add(ref at, i));
        return ~crc;
    }
}
