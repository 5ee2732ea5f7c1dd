using System.Buffers.Binary;

namespace Plumbline.TraceStore;

/// <summary>What a frame of the log holds. The numbers are part of the format.</summary>
internal enum WalFrameType : byte
{
    Batch = 1,
    Fence = 2,
    Header = 3,
    EraseTrace = 4,
    EraseUser = 5,
    DropBefore = 6,
    EraseTraces = 7,
    DropTraces = 8,
}

/// <summary>Damage in the middle of the log: frames that were acknowledged follow it.</summary>
/// <param name="objectName">The object of the log.</param>
/// <param name="offset">The first byte that is wrong.</param>
/// <param name="reason">What is wrong.</param>
public sealed class WalCorruptedException(string objectName, long offset, string reason)
    : Exception($"The write-ahead log '{objectName}' is damaged at byte {offset}: {reason}. Restore the object from a copy, or move it away to open the store without its spans.")
{
    /// <summary>The object of the log.</summary>
    public string ObjectName { get; } = objectName;

    /// <summary>The first byte that is wrong.</summary>
    public long Offset { get; } = offset;
}

/// <summary>Frames of the log; FORMAT.md beside this file describes them.</summary>
internal static class WalFrames
{
    public const int Header = 16;
    public const int MaxPayload = 256 << 20;
    private static ReadOnlySpan<byte> Magic => "PLWF"u8;

    /// <summary>The header that goes before a payload.</summary>
    public static byte[] HeaderOf(WalFrameType type, ReadOnlySpan<byte> payload)
    {
        var header = new byte[Header];
        Magic.CopyTo(header);
        header[4] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), Crc(header, payload));
        return header;
    }

    /// <summary>Reads the frame at an offset.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> log, int at, out WalFrameType type, out ReadOnlyMemory<byte> payload)
    {
        (type, payload) = (default, default);
        var rest = log.Span[at..];
        if (rest.Length < Header) return "a frame is cut short";
        if (!rest[..4].SequenceEqual(Magic)) return "no frame starts here";
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
        if (length < 0 || length > MaxPayload || length > rest.Length - Header) return $"a frame of {length} bytes does not fit";
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]) != Crc(rest, rest.Slice(Header, length))) return "a checksum is wrong";
        type = (WalFrameType)rest[4];
        payload = log.Slice(at + Header, length);
        return null;
    }

    /// <summary>Whether a whole frame starts anywhere after an offset.</summary>
    public static bool AnyAfter(ReadOnlyMemory<byte> log, int at)
    {
        for (var from = at + 1; from < log.Length; from++)
        {
            var next = log.Span[from..].IndexOf(Magic);
            if (next < 0) return false;
            from += next;
            if (TryRead(log, from, out _, out _) is null) return true;
        }
        return false;
    }

    private static uint Crc(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) => Crc32C.Compute(payload, Crc32C.Compute(header.Slice(4, 8)));
}
