using System.Buffers;
using System.Runtime.CompilerServices;

namespace Plumbline.Otlp.Mapping.Json;

/// <summary>Checks a text against the grammar of JSON and lists its values.</summary>
/// <remarks>Grammar: https://www.rfc-editor.org/rfc/rfc8259</remarks>
internal ref struct JsonParser
{
    public const int UsualDepth = 256;

    // What ends a run of plain characters in a string: the quote, an escape, and the control characters that may not stand there.
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _maxDepth;
    private int _at;
    private int _parent = -1;
    private int _depth;

    // Counts what keeps a text from being canonical, so that a container knows by comparison whether any of it lies inside.
    private int _blemishes;

    public JsonParser(ReadOnlySpan<byte> text, JsonEntry[] entries, int maxDepth)
    {
        _text = text;
        _maxDepth = maxDepth;
        Entries = entries;
    }

    public JsonEntry[] Entries { get; private set; }

    public int Count { get; private set; }

    public bool TryParse()
    {
        SkipSpace();
        while (true)
        {
            if (_at >= _text.Length) return false;
            switch (_text[_at])
            {
                case (byte)'{' or (byte)'[':
                    if (!Open(out var isEmpty)) return false;
                    if (!isEmpty) continue;
                    break;
                case (byte)'"':
                    if (!String()) return false;
                    break;
                default:
                    if (!Scalar()) return false;
                    break;
            }
            if (!AfterValue(out var isDone)) return false;
            if (isDone) return true;
        }
    }

    // Leaves the position at the first value inside, or after the end of an empty container.
    private bool Open(out bool isEmpty)
    {
        isEmpty = false;
        if (++_depth > _maxDepth) return false;
        var isObject = _text[_at] == '{';
        var index = Add(isObject ? JsonKind.Object : JsonKind.Array, _at);
        ref var entry = ref Entries[index];
        // Until the container ends, its length and next fields hold what is needed then.
        (entry.Length, entry.Next) = (_blemishes, _parent);
        _parent = index;
        _at++;
        SkipSpace();
        if (_at >= _text.Length) return false;
        if (_text[_at] == (isObject ? '}' : ']'))
        {
            isEmpty = true;
            Close();
            return true;
        }
        return !isObject || Name();
    }

    private void Close()
    {
        ref var entry = ref Entries[_parent];
        var outer = entry.Next;
        _at++;
        entry.IsCanonical = entry.Length == _blemishes;
        (entry.Length, entry.Next) = (_at - entry.Start, Count);
        _parent = outer;
        _depth--;
    }

    private bool AfterValue(out bool isDone)
    {
        while (true)
        {
            SkipSpace();
            isDone = _parent < 0;
            if (isDone) return _at == _text.Length;
            if (_at >= _text.Length) return false;
            var isObject = Entries[_parent].Kind == JsonKind.Object;
            if (_text[_at] == ',')
            {
                _at++;
                SkipSpace();
                return !isObject || Name();
            }
            if (_text[_at] != (isObject ? '}' : ']')) return false;
            Close();
        }
    }

    private bool Name()
    {
        if (_at >= _text.Length || _text[_at] != '"') return false;
        var name = Count;
        if (!String()) return false;
        ref var entry = ref Entries[name];
        Entries[_parent].Names |= entry.IsEscaped ? ulong.MaxValue : JsonNode.BitOf(_text.Slice(entry.Start, entry.Length));
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != ':') return false;
        _at++;
        SkipSpace();
        return true;
    }

    private bool String()
    {
        var start = ++_at;
        var (isEscaped, isCanonical) = (false, true);
        while (true)
        {
            var plain = _text[_at..].IndexOfAny(Special);
            if (plain < 0) return false;
            _at += plain;
            if (_text[_at] == '"') break;
            if (_text[_at] != '\\' || !Escape(ref isCanonical)) return false;
            isEscaped = true;
        }
        var index = Add(JsonKind.String, start);
        ref var entry = ref Entries[index];
        (entry.Length, entry.Next, entry.IsEscaped, entry.IsCanonical) = (_at - start, Count, isEscaped, isCanonical);
        if (!isCanonical) _blemishes++;
        _at++;
        return true;
    }

    private bool Escape(ref bool isCanonical)
    {
        if (_at + 1 >= _text.Length) return false;
        switch (_text[_at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f':
                _at += 2;
                return true;
            case (byte)'/':
                isCanonical = false;
                _at += 2;
                return true;
            case (byte)'u' when _at + 6 <= _text.Length && IsHex(_text.Slice(_at + 2, 4)):
                isCanonical = false;
                _at += 6;
                return true;
            default: return false;
        }
    }

    private static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }
        return true;
    }

    private bool Scalar()
    {
        var start = _at;
        var rest = _text[_at..];
        var kind = rest[0] switch { (byte)'t' => JsonKind.True, (byte)'f' => JsonKind.False, (byte)'n' => JsonKind.Null, _ => JsonKind.Number };
        if (kind == JsonKind.Number ? !Number() : !Word(kind == JsonKind.True ? "true"u8 : kind == JsonKind.False ? "false"u8 : "null"u8)) return false;
        var index = Add(kind, start);
        ref var entry = ref Entries[index];
        (entry.Length, entry.Next, entry.IsCanonical) = (_at - start, Count, true);
        return true;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private bool Number()
    {
        if (At('-')) _at++;
        if (At('0')) _at++;
        else if (!Digits()) return false;
        if (At('.'))
        {
            _at++;
            if (!Digits()) return false;
        }
        if (At('e') || At('E'))
        {
            _at++;
            if (At('+') || At('-')) _at++;
            if (!Digits()) return false;
        }
        return true;
    }

    private readonly bool At(char c) => _at < _text.Length && _text[_at] == c;

    private bool Digits()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is >= (byte)'0' and <= (byte)'9') _at++;
        return _at > start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if (_at < _text.Length && _text[_at] <= ' ') SkipRun();
    }

    private void SkipRun()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
            _blemishes++;
        }
    }

    private int Add(JsonKind kind, int start)
    {
        if (Count == Entries.Length)
        {
            var entries = Entries;
            Array.Resize(ref entries, entries.Length * 2);
            Entries = entries;
        }
        Entries[Count] = new() { Kind = kind, Start = start };
        return Count++;
    }
}
