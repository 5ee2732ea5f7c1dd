using System.Buffers.Binary;
using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Wal;

/// <summary>One frame of the log as it stands in its object.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="Length">Bytes, header and payload.</param>
/// <param name="Acknowledged">How much of the object was acknowledged when the frame was made, bytes; everything before that was flushed.</param>
internal readonly record struct WalFrame(WalFrameType Type, ReadOnlyMemory<byte> Payload, int Length, long Acknowledged);

/// <summary>Frames of one object of the log; FORMAT.md beside this file describes them. The object's number is part of every checksum, so that what
/// another object left in the same room is never taken for a frame of this one.</summary>
internal static class WalFrames
{
    public const int Header = 24;
    public const int OldHeader = 16;
    public const int MaxPayload = 256 << 20;
    private static ReadOnlySpan<byte> Magic => "PLWG"u8;
    private static ReadOnlySpan<byte> OldMagic => "PLWF"u8;

    /// <summary>The header that goes before a payload.</summary>
    /// <param name="number">The number of the object.</param>
    /// <param name="acknowledged">How much of the object is acknowledged now, bytes.</param>
    /// <param name="type">What the frame says.</param>
    /// <param name="payload">What it carries.</param>
    public static byte[] HeaderOf(long number, long acknowledged, WalFrameType type, ReadOnlySpan<byte> payload)
    {
        var header = new byte[Header];
        Magic.CopyTo(header);
        header[4] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), acknowledged);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Crc(number, header, payload));
        return header;
    }

    /// <summary>The header as version 1 has it.</summary>
    public static byte[] OldHeaderOf(WalFrameType type, ReadOnlySpan<byte> payload)
    {
        var header = new byte[OldHeader];
        OldMagic.CopyTo(header);
        header[4] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), OldCrc(header, payload));
        return header;
    }

    /// <summary>Whether an object was written as version 1; all its frames are then.</summary>
    public static bool IsOld(ReadOnlySpan<byte> log) => log.StartsWith(OldMagic);

    /// <summary>Reads the frame at an offset.</summary>
    /// <param name="number">The number of the object; null for version 1.</param>
    /// <param name="log">The object.</param>
    /// <param name="at">The offset.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? TryRead(long? number, ReadOnlyMemory<byte> log, int at, out WalFrame frame)
    {
        frame = default;
        var rest = log.Span[at..];
        var header = number is null ? OldHeader : Header;
        if (rest.Length < header) return "a frame is cut short";
        if (!rest.StartsWith(number is null ? OldMagic : Magic)) return "no frame starts here";
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
        if (length < 0 || length > MaxPayload || length > rest.Length - header) return $"a frame of {length} bytes does not fit";
        var payload = rest.Slice(header, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]) != (number is { } n ? Crc(n, rest, payload) : OldCrc(rest, payload)))
            return "a checksum is wrong";
        var acknowledged = number is null ? long.MaxValue : BinaryPrimitives.ReadInt64LittleEndian(rest[16..]);
        frame = new WalFrame((WalFrameType)rest[4], log.Slice(at + header, length), header + length, acknowledged);
        return null;
    }

    /// <summary>Whether what stands at an offset was acknowledged: a later frame says so. In version 1 any later frame does.</summary>
    /// <remarks>Frames do not overlap, so checksums over the log's length are enough to find one. What senders have made look like thousands of frames
    /// within one another is given up on after four times as much.</remarks>
    public static bool WasAcknowledged(long? number, ReadOnlyMemory<byte> log, int at)
    {
        var magic = number is null ? OldMagic : Magic;
        var left = 4L * log.Length;
        for (var from = at + 1; from < log.Length; from++)
        {
            var next = log.Span[from..].IndexOf(magic);
            if (next < 0) return false;
            from += next;
            if (!MayBeFrame(number, log.Span[from..], at)) continue;
            left -= BinaryPrimitives.ReadInt32LittleEndian(log.Span[(from + 8)..]);
            if (left < 0) return false;
            if (TryRead(number, log, from, out _) is null) return true;
        }
        return false;
    }

    // What costs nothing to look at.
    private static bool MayBeFrame(long? number, ReadOnlySpan<byte> frame, int at)
    {
        var header = number is null ? OldHeader : Header;
        if (frame.Length < header) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(frame[8..]);
        return length >= 0 && length <= frame.Length - header && (number is null || BinaryPrimitives.ReadInt64LittleEndian(frame[16..]) > at);
    }

    // The number is spread over all bits: as it is, it and a frame's type would be mixed by an exclusive or, and another number and type give the same.
    private static uint Crc(long number, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        Crc32C.Compute(payload, Crc32C.Compute(header.Slice(16, 8), Crc32C.Compute(header.Slice(4, 8), (uint)number * 0x9E3779B1)));

    private static uint OldCrc(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) => Crc32C.Compute(payload, Crc32C.Compute(header.Slice(4, 8)));
}
