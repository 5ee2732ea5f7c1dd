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

    private readonly ReadOnlySpan<byte> text;
    private readonly int maxDepth;
    private int at;
    private int parent = -1;
    private int depth;

    // Counts what keeps a text from being canonical, so that a container knows by comparison whether any of it lies inside.
    private int blemishes;

    public JsonParser(ReadOnlySpan<byte> text, JsonEntry[] entries, int maxDepth)
    {
        this.text = text;
        this.maxDepth = maxDepth;
        Entries = entries;
    }

    public JsonEntry[] Entries { get; private set; }

    public int Count { get; private set; }

    public bool TryParse()
    {
        SkipSpace();
        while (true)
        {
            if (at >= text.Length) return false;
            switch (text[at])
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
        if (++depth > maxDepth) return false;
        var isObject = text[at] == '{';
        var index = Add(isObject ? JsonKind.Object : JsonKind.Array, at);
        ref var entry = ref Entries[index];
        // Until the container ends, its length and next fields hold what is needed then.
        (entry.Length, entry.Next) = (blemishes, parent);
        parent = index;
        at++;
        SkipSpace();
        if (at >= text.Length) return false;
        if (text[at] == (isObject ? '}' : ']'))
        {
            isEmpty = true;
            Close();
            return true;
        }
        return !isObject || Name();
    }

    private void Close()
    {
        ref var entry = ref Entries[parent];
        var outer = entry.Next;
        at++;
        entry.IsCanonical = entry.Length == blemishes;
        (entry.Length, entry.Next) = (at - entry.Start, Count);
        parent = outer;
        depth--;
    }

    private bool AfterValue(out bool isDone)
    {
        while (true)
        {
            SkipSpace();
            isDone = parent < 0;
            if (isDone) return at == text.Length;
            if (at >= text.Length) return false;
            var isObject = Entries[parent].Kind == JsonKind.Object;
            if (text[at] == ',')
            {
                at++;
                SkipSpace();
                return !isObject || Name();
            }
            if (text[at] != (isObject ? '}' : ']')) return false;
            Close();
        }
    }

    private bool Name()
    {
        if (at >= text.Length || text[at] != '"') return false;
        var name = Count;
        if (!String()) return false;
        ref var entry = ref Entries[name];
        Entries[parent].Names |= entry.IsEscaped ? ulong.MaxValue : JsonNode.BitOf(text.Slice(entry.Start, entry.Length));
        SkipSpace();
        if (at >= text.Length || text[at] != ':') return false;
        at++;
        SkipSpace();
        return true;
    }

    private bool String()
    {
        var start = ++at;
        var (isEscaped, isCanonical) = (false, true);
        while (true)
        {
            var plain = text[at..].IndexOfAny(Special);
            if (plain < 0) return false;
            at += plain;
            if (text[at] == '"') break;
            if (text[at] != '\\' || !Escape(ref isCanonical)) return false;
            isEscaped = true;
        }
        var index = Add(JsonKind.String, start);
        ref var entry = ref Entries[index];
        (entry.Length, entry.Next, entry.IsEscaped, entry.IsCanonical) = (at - start, Count, isEscaped, isCanonical);
        if (!isCanonical) blemishes++;
        at++;
        return true;
    }

    private bool Escape(ref bool isCanonical)
    {
        if (at + 1 >= text.Length) return false;
        switch (text[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f':
                at += 2;
                return true;
            case (byte)'/':
                isCanonical = false;
                at += 2;
                return true;
            case (byte)'u' when at + 6 <= text.Length && IsHex(text.Slice(at + 2, 4)):
                isCanonical = false;
                at += 6;
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
        var start = at;
        var rest = text[at..];
        var kind = rest[0] switch { (byte)'t' => JsonKind.True, (byte)'f' => JsonKind.False, (byte)'n' => JsonKind.Null, _ => JsonKind.Number };
        if (kind == JsonKind.Number ? !Number() : !Word(kind == JsonKind.True ? "true"u8 : kind == JsonKind.False ? "false"u8 : "null"u8)) return false;
        var index = Add(kind, start);
        ref var entry = ref Entries[index];
        (entry.Length, entry.Next, entry.IsCanonical) = (at - start, Count, true);
        return true;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!text[at..].StartsWith(word)) return false;
        at += word.Length;
        return true;
    }

    private bool Number()
    {
        if (At('-')) at++;
        if (At('0')) at++;
        else if (!Digits()) return false;
        if (At('.'))
        {
            at++;
            if (!Digits()) return false;
        }
        if (At('e') || At('E'))
        {
            at++;
            if (At('+') || At('-')) at++;
            if (!Digits()) return false;
        }
        return true;
    }

    private readonly bool At(char c) => at < text.Length && text[at] == c;

    private bool Digits()
    {
        var start = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if (at < text.Length && text[at] <= ' ') SkipRun();
    }

    private void SkipRun()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
            blemishes++;
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
