using System.Buffers.Binary;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Encodings;

namespace Plumbline.TraceStore.Blocks;

/// <summary>What a block holds and where; FORMAT.md describes the bytes.</summary>
internal sealed record BlockDirectory(int Spans, int Traces, NanoRange Bounds, TraceIdFilter Filter, PageEntry[] Pages)
{
    public const int Trailer = 20;
    private const int EntrySize = 32;

    /// <summary>The lowest mapping version of the block's spans, where a span without one counts as 0; null in blocks written before it was noted.</summary>
    public long? OldestMapping { get; init; }

    public static ReadOnlySpan<byte> Magic => "PLBK\u0003\0\0\0"u8;
    public static ReadOnlySpan<byte> EndMagic => "PLBE"u8;

    public void Write(ByteBuffer into)
    {
        into.Write(Spans);
        into.Write(Traces);
        into.Write(Bounds.FromUnixNano);
        into.Write(Bounds.ToUnixNano);
        into.Write(OldestMapping is { } version ? (int)Math.Clamp(version, 0, int.MaxValue - 1) + 1 : 0);
        into.Write(Filter.Bytes.Length);
        into.Write(Filter.Bytes);
        into.Write(Pages.Length);
        foreach (var page in Pages)
        {
            into.Write((byte)page.Kind);
            into.Write(page.Field);
            into.Write((ushort)0);
            into.Write(page.FirstRow);
            into.Write(page.Offset);
            into.Write(page.Length);
            into.Write(page.RawLength);
            into.Write(page.Crc);
            into.Write((uint)page.Compression);
        }
    }

    /// <summary>The trailer that ends a block.</summary>
    public static byte[] TrailerOf(long offset, ReadOnlySpan<byte> directory)
    {
        var trailer = new byte[Trailer];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, offset);
        BinaryPrimitives.WriteInt32LittleEndian(trailer.AsSpan(8), directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(12), Crc32C.Compute(directory));
        EndMagic.CopyTo(trailer.AsSpan(16));
        return trailer;
    }

    /// <summary>Where the directory is, by the trailer.</summary>
    public static (long Offset, int Length, uint Crc) ReadTrailer(string name, long length, ReadOnlySpan<byte> trailer)
    {
        if (trailer.Length != Trailer || !trailer[16..].SequenceEqual(EndMagic)) throw new BlockCorruptedException(name, length, "its end is missing");
        var offset = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        var size = BinaryPrimitives.ReadInt32LittleEndian(trailer[8..]);
        if (offset < Magic.Length || size < 0 || offset + size + Trailer != length)
            throw new BlockCorruptedException(name, length - Trailer, "its trailer points elsewhere");
        return (offset, size, BinaryPrimitives.ReadUInt32LittleEndian(trailer[12..]));
    }

    public static BlockDirectory Read(string name, long offset, ReadOnlySpan<byte> bytes, uint crc)
    {
        if (Crc32C.Compute(bytes) != crc) throw new BlockCorruptedException(name, offset, "the directory's checksum is wrong");
        var filter = BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]);
        var pages = bytes[(32 + filter)..];
        var entries = new PageEntry[BinaryPrimitives.ReadInt32LittleEndian(pages)];
        for (var i = 0; i < entries.Length; i++) entries[i] = ReadEntry(pages.Slice(4 + (i * EntrySize), EntrySize));
        var bounds = new NanoRange(BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
        return new BlockDirectory(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), bounds,
            new TraceIdFilter(bytes.Slice(32, filter).ToArray()), entries)
        { OldestMapping = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]) is var noted and > 0 ? noted - 1 : null };
    }

    private static PageEntry ReadEntry(ReadOnlySpan<byte> entry) => new(
        (PageKind)entry[0], entry[1], BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(entry[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(entry[20..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]),
        (PageCompression)entry[28]);
}
