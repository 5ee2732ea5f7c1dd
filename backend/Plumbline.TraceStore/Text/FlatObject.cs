using System.Text.Json;

namespace Plumbline.TraceStore.Text;

/// <summary>Walks the members of a JSON object without white space between them: what spans' attributes nearly always are, and several times as fast as a
/// reader of all JSON. At anything else it stops with <see cref="IsOther"/> set; the members before are good all the same.</summary>
internal ref struct FlatObject(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private bool _isText;

    /// <summary>The member's name, which holds no escape; not set where it is the one expected.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Whether the member has the name that was expected.</summary>
    public bool IsExpected { get; private set; }

    /// <summary>What is between a text's quotes, or the number, word, array or object.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Escapes in the value, if it is a text.</summary>
    public int Escapes { get; private set; }

    /// <summary>Whether the value is a text that holds escapes.</summary>
    public readonly bool IsEscaped => Escapes > 0;

    /// <summary>The value as it stands in the JSON, a text with its quotes.</summary>
    public readonly ReadOnlySpan<byte> Quoted => _isText ? _json.Slice(_at - Value.Length - 2, Value.Length + 2) : Value;

    /// <summary>Whether the object goes on with something that this does not read.</summary>
    public bool IsOther { get; private set; }

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext() => MoveToName(default) && MoveToValue();

    /// <summary>Goes to the next member as far as its name.</summary>
    /// <param name="expected">A name with its quotes and colon, without escapes, that it may well have.</param>
    public bool MoveToName(ReadOnlySpan<byte> expected)
    {
        IsExpected = false;
        if (_at == 0 && (_json.IsEmpty || _json.SequenceEqual("{}"u8))) return false;
        if (_at == _json.Length - 1 && _json[_at] == '}') return false;
        if (Next() != (_at++ == 0 ? '{' : ',')) return Stop();
        if (!expected.IsEmpty && _json[_at..].StartsWith(expected))
        {
            _at += expected.Length;
            return IsExpected = true;
        }
        if (!TryText(out var key, out var escapes) || escapes > 0 || Next() != ':') return Stop();
        _at++;
        Key = key;
        return true;
    }

    /// <summary>Passes over the value after a name, if it is the given one.</summary>
    /// <param name="quoted">A value as it stood in JSON.</param>
    public bool TryPass(ReadOnlySpan<byte> quoted)
    {
        if (!_json[_at..].StartsWith(quoted) || !IsEnd(_at + quoted.Length)) return false;
        _at += quoted.Length;
        return true;
    }

    /// <summary>Reads the value after a name.</summary>
    public bool MoveToValue()
    {
        _isText = Next() == '"';
        var escapes = 0;
        if (_isText ? !TryText(out var value, out escapes) : !TryWord(out value) && !TryNested(out value)) return Stop();
        Value = value;
        Escapes = escapes;
        return IsEnd(_at) || Stop();
    }

    private readonly int Next() => _at < _json.Length ? _json[_at] : -1;

    private readonly bool IsEnd(int at) => at < _json.Length && (_json[at] == ',' || (_json[at] == '}' && at == _json.Length - 1));

    private bool Stop()
    {
        IsOther = true;
        return false;
    }

    private bool TryText(out ReadOnlySpan<byte> text, out int escapes)
    {
        text = default;
        escapes = 0;
        if (Next() != '"') return false;
        var rest = _json[(_at + 1)..];
        var end = JsonText.End(rest, out escapes);
        if (end < 0) return false;
        text = rest[..end];
        _at += end + 2;
        return true;
    }

    private bool TryWord(out ReadOnlySpan<byte> word)
    {
        var rest = _json[_at..];
        var length = rest.StartsWith("true"u8) || rest.StartsWith("null"u8) ? 4 : rest.StartsWith("false"u8) ? 5 : NumberLength(rest);
        word = rest[..length];
        _at += length;
        return length > 0;
    }

    private bool TryNested(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (Next() is not ('[' or '{')) return false;
        try
        {
            var reader = new Utf8JsonReader(_json[_at..]);
            reader.Read();
            reader.Skip();
            value = _json.Slice(_at, (int)reader.BytesConsumed);
            _at += value.Length;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Without exponents; 0 when it is none.
    private static int NumberLength(ReadOnlySpan<byte> rest)
    {
        var at = rest.StartsWith("-"u8) ? 1 : 0;
        var digits = Digits(rest[at..]);
        if (digits == 0 || (digits > 1 && rest[at] == '0')) return 0;
        at += digits;
        if (at == rest.Length || rest[at] != '.') return at;
        digits = Digits(rest[(at + 1)..]);
        return digits == 0 ? 0 : at + 1 + digits;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) at++;
        return at;
    }
}
