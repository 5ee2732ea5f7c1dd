using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Plumbline.TraceStore.Queries;

/// <summary>Where a row stands in an order: the value ordered by, then the trace id, then the span id. Opaque outside.</summary>
internal readonly record struct Cursor(long Value, TraceId TraceId, SpanId SpanId) : IComparable<Cursor>
{
    private const int Size = 1 + 8 + 16 + 8;

    public int CompareTo(Cursor other)
    {
        if (Value != other.Value) return Value.CompareTo(other.Value);
        var byTrace = TraceId.CompareTo(other.TraceId);
        return byTrace != 0 ? byTrace : SpanId.CompareTo(other.SpanId);
    }

    /// <summary>The text; <paramref name="list"/> tells the orders apart.</summary>
    public string Format(byte list)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = list;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Value);
        TraceId.Write(bytes[9..]);
        SpanId.Write(bytes[25..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads the text of a cursor.</summary>
    /// <exception cref="InvalidCursorException">It is none of this list.</exception>
    public static Cursor Parse(string text, byte list)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != 44 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Size || bytes[0] != list)
            throw new InvalidCursorException();
        return new Cursor(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), TraceId.Read(bytes[9..]), SpanId.Read(bytes[25..]));
    }

    public static string FormatSession(long lastSeen, string sessionId) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{lastSeen}:{sessionId}"));

    /// <summary>Reads the text of a cursor of sessions.</summary>
    /// <exception cref="InvalidCursorException">It is none of sessions.</exception>
    public static (long LastSeen, string SessionId) ParseSession(string text)
    {
        if (!Base64Url.IsValid(text)) throw new InvalidCursorException();
        var decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(decoded.AsSpan(0, colon), out var lastSeen) ? (lastSeen, decoded[(colon + 1)..]) : throw new InvalidCursorException();
    }
}
