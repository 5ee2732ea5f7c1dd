using System.Numerics;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>Whole numbers in groups of seven bits, lowest first; signed ones zig-zag coded.</summary>
internal static class Varint
{
    public static void Write(ulong value, ByteBuffer into)
    {
        for (; value >= 0x80; value >>= 7) into.Write((byte)(value | 0x80));
        into.Write((byte)value);
    }

    public static void WriteSigned(long value, ByteBuffer into) => Write((ulong)((value << 1) ^ (value >> 63)), into);

    public static void WriteSigned(Int128 value, ByteBuffer into)
    {
        var rest = (UInt128)((value << 1) ^ (value >> 127));
        for (; rest >= 0x80; rest >>= 7) into.Write((byte)((byte)(rest & 0x7F) | 0x80));
        into.Write((byte)rest);
    }
}

/// <summary>Reads what <see cref="Varint"/> wrote. Past the end, and in numbers that are too long, everything is 0 and <see cref="IsFaulty"/> is set.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes, int at = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int At { get; private set; } = at;

    public bool IsFaulty { get; private set; }

    public readonly bool IsAtEnd => At == _bytes.Length;

    public ulong Read()
    {
        if ((uint)At < (uint)_bytes.Length && _bytes[At] < 0x80) return _bytes[At++];
        return ReadLong<ulong>(64);
    }

    public int ReadInt()
    {
        var value = Read();
        if (value > int.MaxValue) Fail();
        return IsFaulty ? 0 : (int)value;
    }

    public long ReadSigned()
    {
        var value = Read();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public Int128 ReadSigned128()
    {
        var value = ReadLong<UInt128>(128);
        return (Int128)(value >> 1) ^ -(Int128)(value & 1);
    }

    public double ReadDouble()
    {
        if (_bytes.Length - At < 8) Fail();
        if (IsFaulty) return 0;
        var value = BitConverter.ToDouble(_bytes[At..]);
        At += 8;
        return value;
    }

    /// <summary>Notes that what was read makes no sense.</summary>
    public void Fail()
    {
        IsFaulty = true;
        At = _bytes.Length;
    }

    private T ReadLong<T>(int bits) where T : IBinaryInteger<T>, IUnsignedNumber<T>
    {
        var value = T.Zero;
        for (var shift = 0; shift < bits && At < _bytes.Length; shift += 7)
        {
            var b = _bytes[At++];
            value |= T.CreateTruncating(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
        Fail();
        return T.Zero;
    }
}
