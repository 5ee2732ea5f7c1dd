using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plumbline.TraceStore;

/// <summary>A W3C trace id: 16 bytes, written as 32 lower-case hexadecimal digits. All zero is no id.</summary>
/// <param name="High">The first eight bytes, big-endian.</param>
/// <param name="Low">The last eight bytes, big-endian.</param>
public readonly record struct TraceId(ulong High, ulong Low) : IComparable<TraceId>
{
    /// <summary>Bytes in an id.</summary>
    public const int Size = 16;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsEmpty => (High | Low) == 0;

    /// <summary>Reads 16 bytes as they stand on the wire.</summary>
    public static TraceId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes 16 bytes as they stand on the wire.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads 32 hexadecimal digits of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TraceId id)
    {
        id = default;
        if (text is not { Length: 32 }
            || !ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)) return false;
        id = new TraceId(high, low);
        return true;
    }

    /// <summary>Reads 32 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">It is no trace id.</exception>
    public static TraceId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A trace id has 32 hexadecimal digits.");

    /// <inheritdoc/>
    public int CompareTo(TraceId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(High, Low);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(32, this, static (chars, id) =>
    {
        id.High.TryFormat(chars, out _, "x16", CultureInfo.InvariantCulture);
        id.Low.TryFormat(chars[16..], out _, "x16", CultureInfo.InvariantCulture);
    });

    /// <summary>A 64-bit mix of all bytes; the same in every process.</summary>
    public ulong Mix()
    {
        var x = High ^ (Low * 0x9E3779B97F4A7C15ul);
        x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93ul;
        x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93ul;
        return x ^ (x >> 32);
    }
}
