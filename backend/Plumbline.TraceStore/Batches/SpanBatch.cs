using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumbline.TraceStore.Batches;

namespace Plumbline.TraceStore;

/// <summary>Spans in one flat, immutable buffer, whose layout FORMAT.md beside this file gives byte by byte. Made by <see cref="SpanBatchWriter"/>.</summary>
public sealed class SpanBatch
{
    internal SpanBatch(ReadOnlyMemory<byte> bytes, int count) => (Bytes, Count) = (bytes, count);

    /// <summary>No spans.</summary>
    public static SpanBatch Empty { get; } = new SpanBatchWriter().ToBatch();

    /// <summary>The buffer. Whoever made the batch from memory of their own may not change it any more.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Number of spans.</summary>
    public int Count { get; }

    /// <summary>Takes over bytes that come from elsewhere, after checking all of them.</summary>
    /// <exception cref="SpanBatchFormatException">They are no span batch.</exception>
    public static SpanBatch Parse(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < RecordLayout.BatchHeader || !span[..4].SequenceEqual(RecordLayout.Magic))
            throw new SpanBatchFormatException(0, "the header is missing");
        if (BinaryPrimitives.ReadUInt16LittleEndian(span[4..]) != RecordLayout.Version || BinaryPrimitives.ReadUInt16LittleEndian(span[6..]) != 0)
            throw new SpanBatchFormatException(4, "the version is unknown");
        var count = BinaryPrimitives.ReadInt32LittleEndian(span[8..]);
        if (BinaryPrimitives.ReadInt32LittleEndian(span[12..]) != span.Length) throw new SpanBatchFormatException(12, "the length is not that of the buffer");
        var at = RecordLayout.BatchHeader;
        var found = 0;
        for (; at < span.Length; found++) at += RecordLayout.Check(span[at..], at);
        return found == count ? new SpanBatch(bytes, count) : throw new SpanBatchFormatException(8, $"{count} records were announced and {found} are there");
    }

    /// <summary>Reads the spans in the order they were written.</summary>
    public Enumerator GetEnumerator() => new(Bytes.Span[RecordLayout.BatchHeader..]);

    /// <summary>The spans as objects; for reads, tests and slow paths.</summary>
    public SpanRecord[] ToRecords()
    {
        var records = new SpanRecord[Count];
        var i = 0;
        foreach (var span in this) records[i++] = SpanRecord.From(span);
        return records;
    }

    /// <summary>A batch of the given spans.</summary>
    public static SpanBatch Of(params ReadOnlySpan<SpanRecord> records)
    {
        var writer = new SpanBatchWriter();
        foreach (var record in records) writer.Add(record);
        return writer.ToBatch();
    }

    /// <summary>Walks over a batch.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> records)
    {
        private readonly ReadOnlySpan<byte> _records = records;
        private int _at;
        private int _length;

        /// <summary>The span the enumeration stands at.</summary>
        public readonly SpanReader Current => new(_records.Slice(_at, _length));

        /// <summary>Where the current record starts, counted from the first byte of the batch.</summary>
        internal readonly int Offset => RecordLayout.BatchHeader + _at;

        public bool MoveNext()
        {
            _at += _length;
            if (_at >= _records.Length) return false;
            _length = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_records), _at));
            return true;
        }
    }
}
