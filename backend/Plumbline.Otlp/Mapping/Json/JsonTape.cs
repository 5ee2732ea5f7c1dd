using System.Runtime.CompilerServices;
using Plumbline.Otlp.Wire.Json;

namespace Plumbline.Otlp.Mapping.Json;

/// <summary>A parsed JSON text: a flat list of its values in their order, over a copy of its bytes. Reused from text to text, so that
/// nothing is allocated for one.</summary>
/// <remarks>An object's members are a name and a value in turn. What a node gives out is good until the tape is disposed or parses again.</remarks>
internal sealed class JsonTape(JsonTapes? pool = null) : IDisposable
{
    private const int MostKept = 1 << 20;

    private byte[] text = new byte[2048];
    private int length;
    private int arena;
    private JsonEntry[] entries = new JsonEntry[128];
    private int count;

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
    public ref readonly JsonEntry Entry(int index) => ref entries[index];

    public ReadOnlySpan<byte> Slice(int start, int size) => text.AsSpan(start, size);

    /// <summary>A string without its escapes, in the tape's own bytes.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (text.Length - arena < raw.Length) Array.Resize(ref text, Math.Max(text.Length * 2, arena + raw.Length));
        var written = JsonUnescape.Copy(raw, text.AsSpan(arena));
        arena += written;
        return text.AsSpan(arena - written, written);
    }

    private bool Parse(int size, int maxDepth)
    {
        length = arena = size;
        var parser = new JsonParser(text.AsSpan(0, length), entries, maxDepth);
        var parsed = parser.TryParse();
        entries = parser.Entries;
        count = parsed ? parser.Count : 0;
        return parsed;
    }

    private Span<byte> Room(int size)
    {
        if (text.Length < size || text.Length > MostKept) text = new byte[Math.Max(2048, size)];
        if (entries.Length > MostKept / Unsafe.SizeOf<JsonEntry>()) entries = new JsonEntry[128];
        return text;
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
