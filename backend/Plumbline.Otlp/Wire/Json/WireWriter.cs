using System.Buffers;
using System.Buffers.Binary;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>Writes protobuf's wire format into a pooled buffer. Lengths are patched in afterwards, always five bytes wide, which the format allows.</summary>
internal sealed class WireWriter : IDisposable
{
    private const int LengthBytes = 5;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Position => _length;

    /// <summary>Takes back everything after a position.</summary>
    public void Rewind(int position) => _length = position;

    public int Begin(int field)
    {
        Tag(field, 2);
        Reserve(LengthBytes);
        _length += LengthBytes;
        return _length;
    }

    public void End(int start)
    {
        var size = (uint)(_length - start);
        for (var i = 1; i <= LengthBytes; i++, size >>= 7) _buffer[start - LengthBytes + i - 1] = (byte)((size & 0x7f) | (i < LengthBytes ? 0x80u : 0u));
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        Varint((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    public void Number(int field, ulong value)
    {
        Tag(field, 0);
        Varint(value);
    }

    public void Fixed64(int field, ulong value)
    {
        Tag(field, 1);
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    public void Fixed32(int field, uint value)
    {
        Tag(field, 5);
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }

    /// <summary>Room to write the value of a field whose length is known only afterwards; commit it with <see cref="End"/>.</summary>
    public Span<byte> Room(int bytes)
    {
        Reserve(bytes);
        return _buffer.AsSpan(_length, bytes);
    }

    public void Advance(int bytes) => _length += bytes;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Tag(int field, int type) => Varint(((ulong)field << 3) | (uint)type);

    private void Varint(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7) _buffer[_length++] = (byte)(value | 0x80);
        _buffer[_length++] = (byte)value;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length >= bytes) return;
        var bigger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
        _buffer.AsSpan(0, _length).CopyTo(bigger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = bigger;
    }
}
