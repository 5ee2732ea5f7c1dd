using System.Buffers.Text;
using System.Text;

namespace Plumbline.Otlp.Mapping.Json;

/// <summary>A value on a <see cref="JsonTape"/>, with short ways to look into JSON of unknown shape.</summary>
internal readonly struct JsonNode(JsonTape? tape, int index)
{
    public JsonKind Kind => tape is null ? JsonKind.Undefined : tape.Entry(index).Kind;

    public bool IsArray => Kind == JsonKind.Array;

    public bool IsObject => Kind == JsonKind.Object;

    public bool IsText => Kind == JsonKind.String;

    /// <summary>The bytes may stand in a <see cref="JsonOutput"/> as they are.</summary>
    public bool IsCanonical => tape!.Entry(index).IsCanonical;

    /// <summary>The value as it stands in the text; of a string what stands between the quotes, escapes and all.</summary>
    public ReadOnlySpan<byte> RawText => tape is null ? default : tape.Slice(tape.Entry(index).Start, tape.Entry(index).Length);

    /// <summary>A string's characters; empty for anything else.</summary>
    public ReadOnlySpan<byte> Utf8 => !IsText ? default : tape!.Entry(index).IsEscaped ? tape.Unescape(RawText) : RawText;

    public bool IsEscaped => tape!.Entry(index).IsEscaped;

    public override string ToString() => Encoding.UTF8.GetString(IsText ? Utf8 : RawText);

    public bool Is(ReadOnlySpan<byte> text) => IsText && Utf8.SequenceEqual(text);

    /// <summary>This value if it is a string, else another.</summary>
    public JsonNode Or(JsonNode other) => IsText ? this : other;

    /// <summary>The member of that name, which is ASCII, unless it is absent or null; of several the last.</summary>
    public bool Has(string name, out JsonNode value)
    {
        value = default;
        if (!IsObject || (tape!.Entry(index).Names & BitOf(name.Length, name[0], name[^1])) == 0) return false;
        var end = tape.Entry(index).Next;
        for (var member = index + 1; member < end; member = tape.Entry(member + 1).Next)
        {
            if (IsNamed(member, name)) value = new(tape, member + 1);
        }
        if (value.Kind is not (JsonKind.Undefined or JsonKind.Null)) return true;
        value = default;
        return false;
    }

    /// <summary>The first present member out of several names.</summary>
    public bool First(out JsonNode value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(name, out value)) return true;
        }
        value = default;
        return false;
    }

    public bool HasAny(params ReadOnlySpan<string> names) => First(out _, names);

    /// <summary>The first present member out of several names, if it is a string; else nothing.</summary>
    public JsonNode Text(params ReadOnlySpan<string> names) => First(out var value, names) && value.IsText ? value : default;

    public bool TryGetInt64(out long value)
    {
        value = 0;
        return Kind == JsonKind.Number && Utf8Parser.TryParse(RawText, out value, out var used) && used == RawText.Length;
    }

    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind == JsonKind.Number && Utf8Parser.TryParse(RawText, out value, out var used) && used == RawText.Length;
    }

    public bool TryGetUInt64(out ulong value)
    {
        value = 0;
        return Kind == JsonKind.Number && Utf8Parser.TryParse(RawText, out value, out var used) && used == RawText.Length;
    }

    /// <summary>Values of an array, or none.</summary>
    public Values Items => new(tape, IsArray ? index + 1 : 0, IsArray ? tape!.Entry(index).Next : 0);

    /// <summary>Members of an object, or none.</summary>
    public Values Members => new(tape, IsObject ? index + 1 : 0, IsObject ? tape!.Entry(index).Next : 0, named: true);

    public static ulong BitOf(ReadOnlySpan<byte> name) => name.IsEmpty ? 1 : BitOf(name.Length, name[0], name[^1]);

    /// <summary>A name's bit in the set of an object's names.</summary>
    public static ulong BitOf(int length, int first, int last) => 1ul << (((length * 7) + (first * 3) + (last * 5)) & 63);

    private bool IsNamed(int member, string name)
    {
        ref readonly var entry = ref tape!.Entry(member);
        if (!entry.IsEscaped) return entry.Length == name.Length && Ascii.Equals(tape.Slice(entry.Start, entry.Length), name);
        return Ascii.Equals(tape.Unescape(tape.Slice(entry.Start, entry.Length)), name);
    }

    /// <summary>Walks the values of a container.</summary>
    public struct Values(JsonTape? tape, int start, int end, bool named = false)
    {
        private int _at = -1;

        /// <summary>The value at hand.</summary>
        public readonly JsonNode Current => new(tape, named ? _at + 1 : _at);

        /// <summary>The name of the member at hand.</summary>
        public readonly JsonNode Name => new(tape, _at);

        public readonly Values GetEnumerator() => this;

        public bool MoveNext()
        {
            _at = _at < 0 ? start : tape!.Entry(named ? _at + 1 : _at).Next;
            return _at < end;
        }
    }
}
