using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plumbline.TraceStore;

/// <summary>A W3C span id: 8 bytes, written as 16 lower-case hexadecimal digits. All zero is no id.</summary>
/// <param name="Value">The bytes, big-endian.</param>
public readonly record struct SpanId(ulong Value) : IComparable<SpanId>
{
    /// <summary>Bytes in an id.</summary>
    public const int Size = 8;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>Reads 8 bytes as they stand on the wire.</summary>
    public static SpanId Read(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadUInt64BigEndian(source));

    /// <summary>Writes 8 bytes as they stand on the wire.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, Value);

    /// <summary>Reads 16 hexadecimal digits of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SpanId id)
    {
        id = default;
        if (text is not { Length: 16 } || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        id = new SpanId(value);
        return true;
    }

    /// <summary>Reads 16 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">It is no span id.</exception>
    public static SpanId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A span id has 16 hexadecimal digits.");

    /// <inheritdoc/>
    public int CompareTo(SpanId other) => Value.CompareTo(other.Value);

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
