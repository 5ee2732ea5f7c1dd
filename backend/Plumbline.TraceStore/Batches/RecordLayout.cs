using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumbline.TraceStore.Model;

namespace Plumbline.TraceStore.Batches;

/// <summary>Offsets of a record and of a batch; FORMAT.md beside this file describes them.</summary>
internal static class RecordLayout
{
    public const int BatchHeader = 16;
    public const int Fixed = 64;
    public const ushort Version = 1;
    public static ReadOnlySpan<byte> Magic => "PLSB"u8;

    public const int Kind = 4;
    public const int Status = 5;
    public const int Usage = 6;
    public const int Presence = 8;
    public const int Trace = 16;
    public const int Span = 32;
    public const int Parent = 40;
    public const int Start = 48;
    public const int End = 56;

    /// <summary>Checks one record at the start of <paramref name="bytes"/> and gives its length.</summary>
    public static int Check(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length < Fixed) throw new SpanBatchFormatException(at, "a record is cut short");
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < Fixed || length > bytes.Length) throw new SpanBatchFormatException(at, $"a record of {length} bytes does not fit");
        var presence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[Presence..]);
        if ((presence & ~SpanFields.Known) != 0) throw new SpanBatchFormatException(at + Presence, "a field is unknown to this version");
        if (bytes[Kind] > (byte)StoredKind.Chain || bytes[Status] > (byte)StoredStatus.Error
            || bytes[Usage] > (byte)UsageConvention.Exclusive || bytes[Usage + 1] != 0)
            throw new SpanBatchFormatException(at + Kind, "a kind, status or convention is unknown to this version");
        CheckEnds(bytes[..length], presence, at);
        return length;
    }

    private static void CheckEnds(ReadOnlySpan<byte> record, ulong presence, int at)
    {
        var ends = Fixed + (8 * BitOperations.PopCount(presence & ~SpanFields.VariableMask));
        var count = BitOperations.PopCount(presence & SpanFields.VariableMask);
        var data = ends + (4 * count);
        if (data > record.Length) throw new SpanBatchFormatException(at, "a record has no room for its fields");
        uint last = 0;
        var lists = BitOperations.PopCount((presence & SpanFields.VariableMask) >> SpanFields.FirstList);
        for (var i = 0; i < count; i++)
        {
            var end = BinaryPrimitives.ReadUInt32LittleEndian(record[(ends + (4 * i))..]);
            if (end < last || end > (uint)(record.Length - data)) throw new SpanBatchFormatException(at + ends + (4 * i), "a field ends outside its record");
            if (i >= count - lists) CheckList(record.Slice(data + (int)last, (int)(end - last)), at + data + (int)last);
            last = end;
        }
        if (last != record.Length - data) throw new SpanBatchFormatException(at, "a record has bytes that belong to no field");
    }

    private static void CheckList(ReadOnlySpan<byte> list, int at)
    {
        while (!list.IsEmpty)
        {
            if (list.Length < 4) throw new SpanBatchFormatException(at, "a list is cut short");
            var length = BinaryPrimitives.ReadUInt32LittleEndian(list);
            if (length > (uint)(list.Length - 4)) throw new SpanBatchFormatException(at, "an item ends outside its list");
            list = list[(4 + (int)length)..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ref byte record, nint offset) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.AddByteOffset(ref record, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Span<byte> record, int offset, T value) where T : unmanaged => MemoryMarshal.Write(record[offset..], in value);
}
