namespace Plumbline.TraceStore;

/// <summary>Walks the members of a JSON object whose values are texts, plain numbers, true, false and null, without white space: what spans' attributes nearly always are, and
/// several times as fast as a reader of all JSON. At anything else it stops with <see cref="IsOther"/> set; the members before are good all the same.</summary>
internal ref struct FlatObject(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private bool _isText;

    /// <summary>The member's name, which holds no escape.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>What is between a text's quotes, or the number or word.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the value is a text that holds escapes.</summary>
    public readonly bool IsEscaped => _isText && Value.Contains((byte)'\\');

    /// <summary>The text with its quotes.</summary>
    public readonly ReadOnlySpan<byte> Quoted => _json.Slice(_at - Value.Length - 2, Value.Length + 2);

    /// <summary>Whether the object goes on with something that this does not read.</summary>
    public bool IsOther { get; private set; }

    public bool MoveNext()
    {
        if (_at == 0 && (_json.IsEmpty || _json.SequenceEqual("{}"u8))) return false;
        if (_at == _json.Length - 1 && _json[_at] == '}') return false;
        if (Next() == (_at == 0 ? '{' : ',') && TryMember()) return true;
        IsOther = true;
        return false;
    }

    private readonly int Next(int ahead = 0) => _at + ahead < _json.Length ? _json[_at + ahead] : -1;

    private bool TryMember()
    {
        _at++;
        if (!TryText(out var key) || key.Contains((byte)'\\') || Next() != ':') return false;
        _at++;
        Key = key;
        _isText = Next() == '"';
        if (_isText ? !TryText(out var value) : !TryWord(out value)) return false;
        Value = value;
        return Next() == ',' || (Next() == '}' && _at == _json.Length - 1);
    }

    // Up to the first quote that no escape stands before.
    private bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Next() != '"') return false;
        var from = ++_at;
        while (true)
        {
            var step = _json[_at..].IndexOf((byte)'"');
            if (step < 0) return false;
            _at += step + 1;
            text = _json[from..(_at - 1)];
            var unescaped = text.LastIndexOfAnyExcept((byte)'\\');
            if (((text.Length - 1 - unescaped) & 1) == 0) return true;
        }
    }

    private bool TryWord(out ReadOnlySpan<byte> word)
    {
        var rest = _json[_at..];
        var length = rest.StartsWith("true"u8) || rest.StartsWith("null"u8) ? 4 : rest.StartsWith("false"u8) ? 5 : NumberLength(rest);
        word = rest[..length];
        _at += length;
        return length > 0;
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
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
