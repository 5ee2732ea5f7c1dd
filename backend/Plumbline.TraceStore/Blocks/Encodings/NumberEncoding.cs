using System.Buffers.Binary;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks.Encodings;

/// <summary>A column of numbers as a page: distances from the smallest, or steps from one to the next, bit-packed.</summary>
internal static class NumberEncoding
{
    private const byte Distances = 0;
    private const byte Steps = 1;
    private const int Header = 1 + 1 + 1 + 8;

    public static void Write(ReadOnlySpan<long> numbers, ByteBuffer into)
    {
        var (min, max, absent) = Range(numbers);
        var bits = max < min ? 0 : BitPacking.BitsOf(unchecked((ulong)(max - min)) + (absent ? 1ul : 0));
        var stepBits = absent || numbers.Length < 2 ? 64 : BitPacking.BitsOf(LargestStep(numbers));
        if (stepBits < bits) WriteSteps(numbers, stepBits, into);
        else WriteDistances(numbers, min, bits, absent, into);
    }

    /// <summary>Reads a page.</summary>
    /// <returns>The column, or null when the page is no such column.</returns>
    public static NumberColumn? Read(ReadOnlySpan<byte> page, int rows)
    {
        if (page.Length < Header) return null;
        var bits = page[1];
        var absent = page[2] == 1;
        var start = BinaryPrimitives.ReadInt64LittleEndian(page[3..]);
        var packed = page[Header..];
        if (page[0] > Steps || page[2] > 1 || !BitPacking.Fits(packed, rows, bits)) return null;
        if (page[0] == Steps) return ReadSteps(packed, rows, bits, start);
        var widest = bits >= 63 ? long.MaxValue : (1L << bits) - 1;
        var narrow = bits <= 31 && start > int.MinValue && start <= int.MaxValue - widest;
        return narrow ? ReadNarrow(packed, rows, bits, start, absent) : ReadWide(packed, rows, bits, start, absent);
    }

    private static (long Min, long Max, bool Absent) Range(ReadOnlySpan<long> numbers)
    {
        var (min, max, absent) = (long.MaxValue, long.MinValue, false);
        foreach (var number in numbers)
        {
            if (number == Fields.Absent)
            {
                absent = true;
                continue;
            }
            min = Math.Min(min, number);
            max = Math.Max(max, number);
        }
        // Distances of more than 63 bits have no room for the mark of an absent number.
        return absent && max >= min && unchecked((ulong)(max - min)) > long.MaxValue
            ? (Fields.Absent, max, false)
            : (min == long.MaxValue && max == long.MinValue ? 0 : min, max, absent);
    }

    private static ulong LargestStep(ReadOnlySpan<long> numbers)
    {
        var largest = 0ul;
        for (var i = 1; i < numbers.Length; i++) largest = Math.Max(largest, ZigZag(unchecked(numbers[i] - numbers[i - 1])));
        return largest;
    }

    private static void WriteDistances(ReadOnlySpan<long> numbers, long min, int bits, bool absent, ByteBuffer into)
    {
        WriteHeader(Distances, bits, absent, min, into);
        var distances = new ulong[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            distances[i] = absent && numbers[i] == Fields.Absent ? 0 : unchecked((ulong)(numbers[i] - min)) + (absent ? 1ul : 0);
        }
        BitPacking.Pack(distances, bits, into);
    }

    private static void WriteSteps(ReadOnlySpan<long> numbers, int bits, ByteBuffer into)
    {
        WriteHeader(Steps, bits, absent: false, numbers[0], into);
        var steps = new ulong[numbers.Length];
        for (var i = 1; i < numbers.Length; i++) steps[i] = ZigZag(unchecked(numbers[i] - numbers[i - 1]));
        BitPacking.Pack(steps, bits, into);
    }

    private static void WriteHeader(byte encoding, int bits, bool absent, long start, ByteBuffer into)
    {
        into.Write(encoding);
        into.Write((byte)bits);
        into.Write((byte)(absent ? 1 : 0));
        into.Write(start);
    }

    private static NumberColumn ReadSteps(ReadOnlySpan<byte> packed, int rows, int bits, long start)
    {
        var numbers = new long[rows];
        var number = start;
        for (var i = 0; i < rows; i++) numbers[i] = number = unchecked(number + UnZigZag(bits == 0 ? 0 : BitPacking.Get(packed, i, bits)));
        return new NumberColumn(numbers, rows);
    }

    private static NumberColumn ReadNarrow(ReadOnlySpan<byte> packed, int rows, int bits, long start, bool absent)
    {
        var numbers = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            var distance = bits == 0 ? 0 : BitPacking.Get(packed, i, bits);
            numbers[i] = absent && distance == 0 ? int.MinValue : (int)(start + (long)distance - (absent ? 1 : 0));
        }
        return new NumberColumn(numbers, rows);
    }

    private static NumberColumn ReadWide(ReadOnlySpan<byte> packed, int rows, int bits, long start, bool absent)
    {
        var numbers = new long[rows];
        for (var i = 0; i < rows; i++)
        {
            var distance = bits == 0 ? 0 : BitPacking.Get(packed, i, bits);
            numbers[i] = absent && distance == 0 ? Fields.Absent : unchecked(start + (long)distance - (absent ? 1 : 0));
        }
        return new NumberColumn(numbers, rows);
    }

    private static ulong ZigZag(long step) => (ulong)((step << 1) ^ (step >> 63));

    private static long UnZigZag(ulong step) => (long)(step >> 1) ^ -(long)(step & 1);
}
