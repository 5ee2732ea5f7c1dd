using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Plumbline.Otlp.Mapping.Json;

/// <summary>Writes JSON into a buffer that is kept from use to use. Only what JSON demands is escaped; all else stays as UTF-8.</summary>
internal sealed class JsonOutput
{
    private const int MostKept = 1 << 20;
    private const int LongestEscape = 6;
    private const int LongestNumber = 32;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private byte[] _buffer = new byte[4096];
    private int _length;
    private bool _follows;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear()
    {
        if (_buffer.Length > MostKept) _buffer = new byte[4096];
        (_length, _follows) = (0, false);
    }

    public void BeginObject() => Begin((byte)'{');

    public void EndObject() => End((byte)'}');

    public void BeginArray() => Begin((byte)'[');

    public void EndArray() => End((byte)']');

    /// <summary>A member's name, of any characters.</summary>
    public void Name(ReadOnlySpan<byte> utf8)
    {
        Separate();
        Quoted(utf8);
        _buffer[_length++] = (byte)':';
        _follows = false;
    }

    /// <summary>A string of any characters, in valid UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Separate();
        Quoted(utf8);
    }

    /// <summary>A member that is a string.</summary>
    public void Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        Name(name);
        Text(utf8);
    }

    /// <summary>A member that is a string taken over from other JSON.</summary>
    public void Member(ReadOnlySpan<byte> name, JsonNode value)
    {
        Name(name);
        Value(value);
    }

    public void Number(long value)
    {
        Separate();
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    public void Number(ulong value)
    {
        Separate();
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>A finite number.</summary>
    public void Number(double value)
    {
        Separate();
        Reserve(LongestNumber);
        value.TryFormat(_buffer.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        Separate();
        Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        _buffer[_length++] = (byte)'"';
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, _buffer.AsSpan(_length), out _, out var written);
        _length += written;
        _buffer[_length++] = (byte)'"';
    }

    /// <summary>A value of other JSON, without its white space and needless escapes.</summary>
    public void Value(JsonNode value)
    {
        switch (value.Kind)
        {
            case JsonKind.String when value.IsCanonical: CopyQuoted(value.RawText); break;
            case JsonKind.String: Text(value.Utf8); break;
            case JsonKind.Object when !value.IsCanonical:
                BeginObject();
                for (var members = value.Members; members.MoveNext();)
                {
                    Name(members.Name.Utf8);
                    Value(members.Current);
                }
                EndObject();
                break;
            case JsonKind.Array when !value.IsCanonical:
                BeginArray();
                foreach (var item in value.Items) Value(item);
                EndArray();
                break;
            case JsonKind.Undefined: Null(); break;
            default: Raw(value.RawText); break;
        }
    }

    private void CopyQuoted(ReadOnlySpan<byte> raw)
    {
        Separate();
        Reserve(raw.Length + 2);
        _buffer[_length++] = (byte)'"';
        raw.CopyTo(_buffer.AsSpan(_length));
        _length += raw.Length;
        _buffer[_length++] = (byte)'"';
    }

    private void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        Reserve(json.Length);
        json.CopyTo(_buffer.AsSpan(_length));
        _length += json.Length;
    }

    private void Begin(byte bracket)
    {
        Separate();
        Reserve(1);
        _buffer[_length++] = bracket;
        _follows = false;
    }

    private void End(byte bracket)
    {
        Reserve(1);
        _buffer[_length++] = bracket;
        _follows = true;
    }

    private void Separate()
    {
        if (_follows)
        {
            Reserve(1);
            _buffer[_length++] = (byte)',';
        }
        _follows = true;
    }

    // Leaves room for one more byte after it.
    private void Quoted(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + LongestEscape + 3);
        _buffer[_length++] = (byte)'"';
        for (int plain; (plain = text.IndexOfAny(Escaped)) >= 0; text = text[(plain + 1)..])
        {
            Reserve(text.Length + LongestEscape + 2);
            text[..plain].CopyTo(_buffer.AsSpan(_length));
            _length += plain;
            Escape(text[plain]);
        }
        Reserve(text.Length + 2);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
        _buffer[_length++] = (byte)'"';
    }

    private void Escape(byte c)
    {
        var letter = c switch
        {
            (byte)'"' or (byte)'\\' => c,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => (byte)'u',
        };
        _buffer[_length++] = (byte)'\\';
        _buffer[_length++] = letter;
        if (letter != 'u') return;
        "00"u8.CopyTo(_buffer.AsSpan(_length));
        _buffer[_length + 2] = (byte)"0123456789ABCDEF"[c >> 4];
        _buffer[_length + 3] = (byte)"0123456789ABCDEF"[c & 15];
        _length += 4;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
