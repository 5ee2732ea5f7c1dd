using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Plumbline.Otlp.Wire;

/// <summary>A forward reader of protobuf's wire format over contiguous bytes. Slices it hands out live as long as the body.</summary>
/// <remarks>Format: https://protobuf.dev/programming-guides/encoding/</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> rest = data;

    /// <summary>Field number and wire type of the field at hand: <c>field &lt;&lt; 3 | type</c>.</summary>
    public uint Tag { get; private set; }

    public bool Next()
    {
        if (rest.IsEmpty) return false;
        var tag = Varint();
        if (tag >> 3 is 0 || tag > uint.MaxValue)
            throw new OtlpFormatException("The protobuf message holds a field with number 0 or beyond the range of field numbers.");
        Tag = (uint)tag;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Varint()
    {
        if (rest.Length > 0 && rest[0] < 0x80)
        {
            ulong value = rest[0];
            rest = rest[1..];
            return value;
        }
        return LongVarint();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > (ulong)rest.Length) throw new OtlpFormatException("The protobuf message ends before a field does; the body may be cut off.");
        var value = rest[..(int)length];
        rest = rest[(int)length..];
        return value;
    }

    public ulong Fixed64()
    {
        if (rest.Length < 8) throw Short();
        var value = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        rest = rest[8..];
        return value;
    }

    public uint Fixed32()
    {
        if (rest.Length < 4) throw Short();
        var value = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }

    public void Skip()
    {
        switch (Tag & 7)
        {
            case 0: Varint(); break;
            case 1: Fixed64(); break;
            case 2: Bytes(); break;
            case 5: Fixed32(); break;
            default: throw new OtlpFormatException($"The protobuf message holds a field of wire type {Tag & 7}, which OTLP does not use.");
        }
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (int i = 0, shift = 0; i < rest.Length && i < 10; i++, shift += 7)
        {
            var b = rest[i];
            value |= (ulong)(b & 0x7f) << shift;
            if (b >= 0x80) continue;
            rest = rest[(i + 1)..];
            return value;
        }
        throw new OtlpFormatException("The protobuf message holds a number that does not end.");
    }

    private static OtlpFormatException Short() => new("The protobuf message ends before a number does; the body may be cut off.");
}
