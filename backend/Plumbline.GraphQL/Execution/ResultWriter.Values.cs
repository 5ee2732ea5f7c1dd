using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.GraphQL.Scalars;

namespace Plumbline.GraphQL.Execution;

/// <summary>JSON values.</summary>
internal sealed partial class ResultWriter
{
    // Quote, backslash and control characters must be escaped; surrogates are left to the encoder, which replaces lone ones.
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create(
            "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
            + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public void WriteNull() => WriteRaw("null"u8);

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteInt64(long value)
    {
        const int MaxDigits = 20;
        value.TryFormat(Reserve(MaxDigits), out var written, default, CultureInfo.InvariantCulture);
        _at += written;
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    /// <exception cref="Types.OutputCoercionException">NaN and the infinities are no JSON.</exception>
    public void WriteDouble(double value)
    {
        const int MaxChars = 32;
        const double ExactInteger = 1e15;
        if (Math.Abs(value) < ExactInteger && value == (long)value)
        {
            WriteInt64((long)value);
            return;
        }
        if (!double.IsFinite(value))
            throw new Types.OutputCoercionException($"Float cannot represent non numeric value: {value.ToString(CultureInfo.InvariantCulture)}");
        value.TryFormat(Reserve(MaxChars), out var written, default, CultureInfo.InvariantCulture);
        _at += written;
    }

    /// <summary>The number as a JSON string, without an exponent.</summary>
    public void WriteDecimalText(decimal value)
    {
        const int MaxChars = 34;
        var room = Reserve(MaxChars);
        room[0] = (byte)'"';
        value.TryFormat(room[1..], out var written, default, CultureInfo.InvariantCulture);
        room[written + 1] = (byte)'"';
        _at += written + 2;
    }

    public void WriteDateTime(DateTimeOffset value)
    {
        var room = Reserve(DateTimeText.MaxLength + 2);
        room[0] = (byte)'"';
        var written = DateTimeText.Write(value, room[1..]);
        room[written + 1] = (byte)'"';
        _at += written + 2;
    }

    public void WriteTimestamp(long unixNanoseconds)
    {
        var room = Reserve(DateTimeText.MaxLength + 2);
        room[0] = (byte)'"';
        var written = DateTimeText.Write(unixNanoseconds, room[1..]);
        room[written + 1] = (byte)'"';
        _at += written + 2;
    }

    public void WriteText(string value) => WriteString(value);

    public void WriteString(ReadOnlySpan<char> value)
    {
        WriteByte((byte)'"');
        while (true)
        {
            var plain = value.IndexOfAny(Escaped);
            WritePlain(plain < 0 ? value : value[..plain]);
            if (plain < 0) break;
            WriteEscaped(value[plain]);
            value = value[(plain + 1)..];
        }
        WriteByte((byte)'"');
    }

    /// <summary>Characters that need no escape, a piece at a time so that long texts need no long chunk.</summary>
    private void WritePlain(ReadOnlySpan<char> value)
    {
        const int PieceChars = 8 * 1024;
        while (value.Length > PieceChars)
        {
            var piece = char.IsHighSurrogate(value[PieceChars - 1]) ? PieceChars - 1 : PieceChars;
            WritePiece(value[..piece]);
            value = value[piece..];
        }
        WritePiece(value);
    }

    private void WritePiece(ReadOnlySpan<char> value)
    {
        const int MaxBytesPerChar = 3;
        var room = Reserve(value.Length * MaxBytesPerChar);
        _at += Encoding.UTF8.GetBytes(value, room);
    }

    private void WriteEscaped(char c)
    {
        switch (c)
        {
            case '"': WriteRaw("\\\""u8); break;
            case '\\': WriteRaw("\\\\"u8); break;
            case '\n': WriteRaw("\\n"u8); break;
            case '\r': WriteRaw("\\r"u8); break;
            case '\t': WriteRaw("\\t"u8); break;
            default:
                WriteRaw("\\u00"u8);
                WriteByte("0123456789abcdef"u8[c >> 4]);
                WriteByte("0123456789abcdef"u8[c & 15]);
                break;
        }
    }

    /// <summary>One JSON value as it is; empty is null.</summary>
    public void WriteRawJson(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) WriteNull();
        else WriteRaw(json);
    }

    public void WriteElement(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) WriteNull();
        else WriteRaw(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
    }
}
