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

    private byte[] buffer = new byte[4096];
    private int length;
    private bool follows;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Clear()
    {
        if (buffer.Length > MostKept) buffer = new byte[4096];
        (length, follows) = (0, false);
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
        buffer[length++] = (byte)':';
        follows = false;
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
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
    }

    public void Number(ulong value)
    {
        Separate();
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, buffer.AsSpan(length), out var written);
        length += written;
    }

    /// <summary>A finite number.</summary>
    public void Number(double value)
    {
        Separate();
        Reserve(LongestNumber);
        value.TryFormat(buffer.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        Separate();
        Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        buffer[length++] = (byte)'"';
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, buffer.AsSpan(length), out _, out var written);
        length += written;
        buffer[length++] = (byte)'"';
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
        buffer[length++] = (byte)'"';
        raw.CopyTo(buffer.AsSpan(length));
        length += raw.Length;
        buffer[length++] = (byte)'"';
    }

    private void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        Reserve(json.Length);
        json.CopyTo(buffer.AsSpan(length));
        length += json.Length;
    }

    private void Begin(byte bracket)
    {
        Separate();
        Reserve(1);
        buffer[length++] = bracket;
        follows = false;
    }

    private void End(byte bracket)
    {
        Reserve(1);
        buffer[length++] = bracket;
        follows = true;
    }

    private void Separate()
    {
        if (follows)
        {
            Reserve(1);
            buffer[length++] = (byte)',';
        }
        follows = true;
    }

    // Leaves room for one more byte after it.
    private void Quoted(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + LongestEscape + 3);
        buffer[length++] = (byte)'"';
        for (int plain; (plain = text.IndexOfAny(Escaped)) >= 0; text = text[(plain + 1)..])
        {
            Reserve(text.Length + LongestEscape + 2);
            text[..plain].CopyTo(buffer.AsSpan(length));
            length += plain;
            Escape(text[plain]);
        }
        Reserve(text.Length + 2);
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
        buffer[length++] = (byte)'"';
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
        buffer[length++] = (byte)'\\';
        buffer[length++] = letter;
        if (letter != 'u') return;
        "00"u8.CopyTo(buffer.AsSpan(length));
        buffer[length + 2] = (byte)"0123456789ABCDEF"[c >> 4];
        buffer[length + 3] = (byte)"0123456789ABCDEF"[c & 15];
        length += 4;
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - length < bytes) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
    }
}
