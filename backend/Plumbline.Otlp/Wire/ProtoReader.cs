using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Plumbline.Otlp.Wire;

/// <summary>A forward reader of protobuf's wire format over contiguous bytes. Slices it hands out live as long as the body.</summary>
/// <remarks>Format: https://protobuf.dev/programming-guides/encoding/</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Field number and wire type of the field at hand: <c>field &lt;&lt; 3 | type</c>.</summary>
    public uint Tag { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        var tag = Varint();
        if (tag >> 3 is 0 || tag > uint.MaxValue)
            throw new OtlpFormatException("The protobuf message holds a field with number 0 or beyond the range of field numbers.");
        Tag = (uint)tag;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Varint()
    {
        if (_rest.Length > 0 && _rest[0] < 0x80)
        {
            ulong value = _rest[0];
            _rest = _rest[1..];
            return value;
        }
        return LongVarint();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > (ulong)_rest.Length) throw new OtlpFormatException("The protobuf message ends before a field does; the body may be cut off.");
        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    public ulong Fixed64()
    {
        if (_rest.Length < 8) throw Short();
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public uint Fixed32()
    {
        if (_rest.Length < 4) throw Short();
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[4..];
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
        for (int i = 0, shift = 0; i < _rest.Length && i < 10; i++, shift += 7)
        {
            var b = _rest[i];
            value |= (ulong)(b & 0x7f) << shift;
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        throw new OtlpFormatException("The protobuf message holds a number that does not end.");
    }

    private static OtlpFormatException Short() => new("The protobuf message ends before a number does; the body may be cut off.");
}
