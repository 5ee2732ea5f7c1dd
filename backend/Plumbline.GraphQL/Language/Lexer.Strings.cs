using System.Buffers;
using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>String tokens. https://spec.graphql.org/September2025/#sec-String-Value</summary>
internal ref partial struct Lexer
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create("\"\\\r\n"u8);

    private void ReadQuoted(int start)
    {
        if (Source[start..].StartsWith("\"\"\""u8)) ReadBlockString(start);
        else ReadString(start);
    }

    private void ReadString(int start)
    {
        var at = start + 1;
        while (true)
        {
            var skip = Source[at..].IndexOfAny(StringStops);
            at = skip < 0 ? Source.Length : at + skip;
            switch (ByteAt(at))
            {
                case (byte)'"' when at < Source.Length:
                    Take(TokenKind.String, start, at + 1 - start);
                    return;
                case (byte)'\\':
                    at += ReadEscape(at, out _);
                    continue;
                default:
                    throw Fail("Unterminated string.", at);
            }
        }
    }

    private void ReadBlockString(int start)
    {
        var at = start + 3;
        while (true)
        {
            var skip = Source[at..].IndexOf("\"\"\""u8);
            if (skip < 0) throw Fail("Unterminated string.", Source.Length);
            at += skip + 3;
            if (Source[at - 4] == '\\' && at - 4 >= start + 3) continue;
            Take(TokenKind.BlockString, start, at - start);
            return;
        }
    }

    /// <summary>The value of the current string or block string token.</summary>
    public readonly string StringValue()
    {
        if (Kind == TokenKind.BlockString) return BlockString.Dedent(Encoding.UTF8.GetString(Source[(Start + 3)..(End - 3)]).Replace("\\\"\"\"", "\"\"\""));
        var body = Source[(Start + 1)..(End - 1)];
        return body.Contains((byte)'\\') ? Unescape() : Encoding.UTF8.GetString(body);
    }

    private readonly string Unescape()
    {
        var value = new StringBuilder(End - Start);
        for (var at = Start + 1; at < End - 1;)
        {
            var plain = Source[at..(End - 1)].IndexOf((byte)'\\');
            if (plain < 0) plain = End - 1 - at;
            value.Append(Encoding.UTF8.GetString(Source.Slice(at, plain)));
            at += plain;
            if (at == End - 1) break;
            at += ReadEscape(at, out var rune);
            value.Append(rune);
        }
        return value.ToString();
    }

    private readonly int ReadEscape(int at, out string value)
    {
        if (ByteAt(at + 1) == 'u') return ByteAt(at + 2) == '{' ? ReadBracedUnicode(at, out value) : ReadFixedUnicode(at, out value);
        value = ByteAt(at + 1) switch
        {
            (byte)'"' => "\"",
            (byte)'\\' => "\\",
            (byte)'/' => "/",
            (byte)'b' => "\b",
            (byte)'f' => "\f",
            (byte)'n' => "\n",
            (byte)'r' => "\r",
            (byte)'t' => "\t",
            _ => throw Fail($"Invalid character escape sequence: \"{SliceChars(at, 2)}\".", at),
        };
        return 2;
    }

    private readonly int ReadBracedUnicode(int at, out string value)
    {
        var point = 0L;
        var size = 3;
        while (size < 12)
        {
            var b = ByteAt(at + size++);
            if (b == '}')
            {
                if (size < 5 || !Rune.IsValid((uint)Math.Min(point, uint.MaxValue))) break;
                value = new Rune((uint)point).ToString();
                return size;
            }
            var digit = HexDigit(b);
            if (digit < 0) break;
            point = (point << 4) | (uint)digit;
            if (point > int.MaxValue) break;
        }
        throw Fail($"Invalid Unicode escape sequence: \"{SliceChars(at, size)}\".", at);
    }

    private readonly int ReadFixedUnicode(int at, out string value)
    {
        var code = Hex16(at + 2);
        if (code >= 0 && Rune.IsValid(code))
        {
            value = ((char)code).ToString();
            return 6;
        }
        if (code is >= 0xD800 and <= 0xDBFF && ByteAt(at + 6) == '\\' && ByteAt(at + 7) == 'u')
        {
            var trailing = Hex16(at + 8);
            if (trailing is >= 0xDC00 and <= 0xDFFF)
            {
                value = new string([(char)code, (char)trailing]);
                return 12;
            }
        }
        throw Fail($"Invalid Unicode escape sequence: \"{SliceChars(at, 6)}\".", at);
    }

    private readonly int Hex16(int at)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = HexDigit(ByteAt(at + i));
            if (digit < 0) return -1;
            value = (value << 4) | digit;
        }
        return value;
    }

    private static int HexDigit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    /// <summary>So many UTF-16 units of the source, for messages.</summary>
    private readonly string SliceChars(int at, int chars)
    {
        var text = Encoding.UTF8.GetString(Source[at..Math.Min(Source.Length, at + chars * 4)]);
        return text[..Math.Min(chars, text.Length)];
    }
}
