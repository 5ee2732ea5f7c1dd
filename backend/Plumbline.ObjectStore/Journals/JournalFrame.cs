using System.Buffers.Binary;

namespace Plumbline.ObjectStore.Journals;

internal enum FrameKind
{
    Events = 1,
    Seal = 2,
    Snapshot = 3,
}

/// <summary>One frame of a segment or snapshot; FORMAT.md has the bytes.</summary>
internal readonly record struct JournalFrame(FrameKind Kind, long Version, int Count, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderLength = 24;

    public static ReadOnlySpan<byte> Magic => "PLJRNL1\n"u8;

    public int Length => HeaderLength + Payload.Length;

    public byte[] Header()
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, Payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), (int)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), Checksum(header, Payload.Span));
        return header;
    }

    /// <summary>Reads the frame at the start of the bytes; false when there is no whole, sound one.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out JournalFrame frame)
    {
        frame = default;
        if (bytes.Length < HeaderLength) return false;
        var header = bytes.Span[..HeaderLength];
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        var kind = (FrameKind)BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        if (length < 0 || length > bytes.Length - HeaderLength || kind is < FrameKind.Events or > FrameKind.Snapshot) return false;
        var payload = bytes.Slice(HeaderLength, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != Checksum(header, payload.Span)) return false;
        frame = new JournalFrame(kind, BinaryPrimitives.ReadInt64LittleEndian(header[8..]), BinaryPrimitives.ReadInt32LittleEndian(header[16..]), payload);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        Crc32C.Compute(payload, Crc32C.Compute(header[8..HeaderLength]));
}
