using System.Buffers.Binary;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks;

/// <summary>A record as a block keeps it: without the ids and times that columns hold.</summary>
internal static class StoredRecord
{
    /// <summary>Writes a record with zeros where its columns tell the same.</summary>
    public static void Strip(ReadOnlySpan<byte> record, long start, long duration, ByteBuffer into)
    {
        var stored = into.Reserve(record.Length);
        record.CopyTo(stored);
        stored.Slice(RecordLayout.Trace, TraceId.Size + SpanId.Size).Clear();
        stored.Slice(RecordLayout.Start, 8).Clear();
        if (HoldsEnd(start, duration) && BinaryPrimitives.ReadInt64LittleEndian(record[RecordLayout.End..]) == start + duration)
            stored.Slice(RecordLayout.End, 8).Clear();
    }

    /// <summary>Puts back what <see cref="Strip"/> left out.</summary>
    public static void Restore(Span<byte> stored, TraceId trace, SpanId span, long start, long duration)
    {
        trace.Write(stored[RecordLayout.Trace..]);
        span.Write(stored[RecordLayout.Span..]);
        BinaryPrimitives.WriteInt64LittleEndian(stored[RecordLayout.Start..], start);
        var end = stored.Slice(RecordLayout.End, 8);
        if (HoldsEnd(start, duration) && BinaryPrimitives.ReadInt64LittleEndian(end) == 0) BinaryPrimitives.WriteInt64LittleEndian(end, start + duration);
    }

    private static bool HoldsEnd(long start, long duration) => duration != Fields.Absent && start + duration != 0;
}
