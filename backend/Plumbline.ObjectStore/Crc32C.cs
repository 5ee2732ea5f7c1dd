using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline.ObjectStore;

/// <summary>CRC-32C (Castagnoli), RFC 3720 appendix B.4, eight bytes a step where the processor has the instruction. Goes on from a seed, which the hashes
/// of System.IO.Hashing do not.</summary>
public static class Crc32C
{
    /// <summary>The checksum of bytes that come after others whose checksum is the seed.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var b in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
