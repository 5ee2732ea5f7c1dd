using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Plumbline.GraphQL.Execution;

/// <summary>Writes JSON as UTF-8 into a pooled buffer. It can be taken back to an earlier position, which is how a null replaces what was begun.</summary>
internal sealed class ResultWriter(int maxBytes) : IDisposable
{
    private const int InitialBytes = 16 * 1024;

    // Quote, backslash and control characters must be escaped; surrogates are left to the encoder, which replaces lone ones.
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);

    public int Position { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Position);

    public void Rewind(int position) => Position = position;

    public void WriteByte(byte value)
    {
        if (Position == _buffer.Length) Grow(1);
        _buffer[Position++] = value;
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - Position < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Position));
        Position += bytes.Length;
    }

    /// <summary>Writes <c>,"key":</c>, without the comma for a first field; the answer is where the value begins.</summary>
    public int WriteKey(byte[] key, bool isFirst)
    {
        WriteRaw(isFirst ? key.AsSpan(1) : key);
        return Position;
    }

    public void WriteNull() => WriteRaw("null"u8);

    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    public void WriteInt64(long value)
    {
        const int MaxDigits = 20;
        if (_buffer.Length - Position < MaxDigits) Grow(MaxDigits);
        value.TryFormat(_buffer.AsSpan(Position), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
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
        if (!double.IsFinite(value)) throw new Types.OutputCoercionException($"Float cannot represent non numeric value: {value.ToString(CultureInfo.InvariantCulture)}");
        if (_buffer.Length - Position < MaxChars) Grow(MaxChars);
        value.TryFormat(_buffer.AsSpan(Position), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>The number as a JSON string, without an exponent.</summary>
    public void WriteDecimalText(decimal value)
    {
        const int MaxChars = 34;
        if (_buffer.Length - Position < MaxChars) Grow(MaxChars);
        _buffer[Position++] = (byte)'"';
        value.TryFormat(_buffer.AsSpan(Position), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
        _buffer[Position++] = (byte)'"';
    }

    public void WriteDateTime(DateTimeOffset value)
    {
        Reserve(DateTimeText.MaxLength + 2);
        _buffer[Position++] = (byte)'"';
        Position += DateTimeText.Write(value, _buffer.AsSpan(Position));
        _buffer[Position++] = (byte)'"';
    }

    public void WriteTimestamp(long unixNanoseconds)
    {
        Reserve(DateTimeText.MaxLength + 2);
        _buffer[Position++] = (byte)'"';
        Position += DateTimeText.Write(unixNanoseconds, _buffer.AsSpan(Position));
        _buffer[Position++] = (byte)'"';
    }

    public void WriteText(string value) => WriteString(value);

    public void WriteString(ReadOnlySpan<char> value)
    {
        const int MaxBytesPerChar = 3;
        Reserve(checked(value.Length * MaxBytesPerChar + 2));
        _buffer[Position++] = (byte)'"';
        while (true)
        {
            var plain = value.IndexOfAny(Escaped);
            var run = plain < 0 ? value : value[..plain];
            Position += Encoding.UTF8.GetBytes(run, _buffer.AsSpan(Position));
            if (plain < 0) break;
            WriteEscaped(value[plain]);
            value = value[(plain + 1)..];
            Reserve(checked(value.Length * MaxBytesPerChar + 2));
        }
        _buffer[Position++] = (byte)'"';
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

    private void Reserve(int bytes)
    {
        if (_buffer.Length - Position < bytes) Grow(bytes);
    }

    private void Grow(int bytes)
    {
        var needed = (long)Position + bytes;
        // A long string reserves three bytes a character; only what is really written counts against the limit.
        if (Position > maxBytes || needed > (long)maxBytes * 3 + InitialBytes) throw new ResponseTooLargeException(maxBytes);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}

/// <summary>Ends a whole request: no field may turn it into a null.</summary>
internal class ExecutionAbortedException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLError Error { get; } = error;
}

internal sealed class ResponseTooLargeException(int maxBytes)
    : ExecutionAbortedException(new GraphQLError(ErrorCodes.PayloadTooLarge, $"The answer is larger than {maxBytes} bytes; ask for fewer items or fields."));
