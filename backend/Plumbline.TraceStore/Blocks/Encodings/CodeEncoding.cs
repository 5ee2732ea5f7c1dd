using System.Buffers;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks.Encodings;

/// <summary>A column of dictionary codes as a page, bit-packed, and a dictionary as a page.</summary>
internal static class CodeEncoding
{
    public static void WriteCodes(ReadOnlySpan<int> codes, int count, ByteBuffer into)
    {
        var bits = BitPacking.BitsOf((ulong)Math.Max(0, count - 1));
        into.Write((byte)bits);
        var rented = ArrayPool<ulong>.Shared.Rent(codes.Length);
        var numbers = rented.AsSpan(0, codes.Length);
        for (var i = 0; i < codes.Length; i++) numbers[i] = (ulong)codes[i];
        BitPacking.Pack(numbers, bits, into);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    /// <summary>Reads a page of codes; null when it is none.</summary>
    public static CodeColumn? ReadCodes(ReadOnlySpan<byte> page, int rows, Utf8Dictionary values)
    {
        if (page.Length < 1 || page[0] > 31 || !BitPacking.Fits(page[1..], rows, page[0])) return null;
        var packed = page[1..];
        var bits = page[0];
        var largest = 0;
        CodeColumn column;
        if (bits <= 16)
        {
            var codes = new ushort[rows];
            for (var i = 0; i < rows && bits > 0; i++) largest = Math.Max(largest, codes[i] = (ushort)BitPacking.Get(packed, i, bits));
            column = new CodeColumn(codes, rows, values);
        }
        else
        {
            var codes = new int[rows];
            for (var i = 0; i < rows; i++) largest = Math.Max(largest, codes[i] = (int)BitPacking.Get(packed, i, bits));
            column = new CodeColumn(codes, rows, values);
        }
        return largest < values.Count ? column : null;
    }

    /// <summary>Writes the texts of the given codes; they become codes 1 upward.</summary>
    public static void WriteDictionary(Utf8Dictionary values, List<int> codes, ByteBuffer into)
    {
        into.Write(codes.Count);
        foreach (var code in codes) into.Write(values[code].Length);
        foreach (var code in codes) into.Write(values[code]);
    }

    /// <summary>Reads a page of texts; false when it is none.</summary>
    public static bool TryReadDictionary(ReadOnlySpan<byte> page, out Utf8Dictionary values)
    {
        values = default;
        if (page.Length < 4) return false;
        var count = BitConverter.ToInt32(page);
        if (count < 0 || (page.Length - 4) / 4 < count) return false;
        var ends = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            var length = BitConverter.ToInt32(page[(4 + (4 * i))..]);
            if (length < 0 || length > page.Length) return false;
            ends[i + 1] = ends[i] + length;
        }
        var data = page[(4 + (4 * count))..];
        if (ends[count] != data.Length) return false;
        values = new Utf8Dictionary(data.ToArray(), ends, count + 1);
        return true;
    }
}
