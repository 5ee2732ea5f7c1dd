using System.Runtime.CompilerServices;
using Plumbline.Otlp.Wire.Json;

namespace Plumbline.Otlp.Mapping.Json;

/// <summary>A parsed JSON text: a flat list of its values in their order, over a copy of its bytes. Reused from text to text, so that
/// nothing is allocated for one.</summary>
/// <remarks>An object's members are a name and a value in turn. What a node gives out is good until the tape is disposed or parses again.</remarks>
internal sealed class JsonTape(JsonTapes? pool = null) : IDisposable
{
    private const int MostKept = 1 << 20;

    private byte[] _text = new byte[2048];
    private int _length;
    private int _arena;
    private JsonEntry[] _entries = new JsonEntry[128];
    private int _count;

    public JsonNode Root => new(this, 0);

    /// <summary>Parses a text of the JSON grammar, without comments and trailing commas; false when it is none or is nested deeper than that.</summary>
    public bool TryParse(ReadOnlySpan<byte> json, int maxDepth = JsonParser.UsualDepth)
    {
        json.CopyTo(Room(json.Length));
        return Parse(json.Length, maxDepth);
    }

    /// <summary>Parses the JSON that a JSON string holds.</summary>
    public bool TryParseText(JsonNode node)
    {
        var raw = node.RawText;
        return Parse(JsonUnescape.Copy(raw, Room(raw.Length)), JsonParser.UsualDepth);
    }

    public void Dispose() => pool?.Return(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly JsonEntry Entry(int index) => ref _entries[index];

    public ReadOnlySpan<byte> Slice(int start, int size) => _text.AsSpan(start, size);

    /// <summary>A string without its escapes, in the tape's own bytes.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_text.Length - _arena < raw.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _arena + raw.Length));
        var written = JsonUnescape.Copy(raw, _text.AsSpan(_arena));
        _arena += written;
        return _text.AsSpan(_arena - written, written);
    }

    private bool Parse(int size, int maxDepth)
    {
        _length = _arena = size;
        var parser = new JsonParser(_text.AsSpan(0, _length), _entries, maxDepth);
        var parsed = parser.TryParse();
        _entries = parser.Entries;
        _count = parsed ? parser.Count : 0;
        return parsed;
    }

    private Span<byte> Room(int size)
    {
        if (_text.Length < size || _text.Length > MostKept) _text = new byte[Math.Max(2048, size)];
        if (_entries.Length > MostKept / Unsafe.SizeOf<JsonEntry>()) _entries = new JsonEntry[128];
        return _text;
    }
}

/// <summary>One value or member name: where its text lies, and where the next begins that is no part of it.</summary>
internal struct JsonEntry
{
    /// <summary>Of a string what stands between the quotes.</summary>
    public int Start;

    public int Length;

    public int Next;

    public JsonKind Kind;

    /// <summary>No white space, and no escapes but those that <see cref="JsonOutput"/> writes: the bytes may be copied as they are.</summary>
    public bool IsCanonical;

    public bool IsEscaped;

    /// <summary>A bit for each name an object has, see <see cref="JsonNode.BitOf(int, int, int)"/>: a name whose bit is missing is not there.</summary>
    public ulong Names;
}
