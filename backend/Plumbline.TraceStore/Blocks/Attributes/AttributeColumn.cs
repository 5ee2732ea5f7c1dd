using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Encodings;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Blocks.Attributes;

/// <summary>One attribute of all spans of a block: the value as a code, or, where there are too many values, as a short hash.</summary>
/// <param name="codes">0 where the span has no such attribute, 1 where the value is too long to be kept, else the value's code in the dictionary plus 1,
/// or its hash.</param>
/// <param name="values">The values; none when codes are hashes.</param>
internal sealed class AttributeColumn(CodeColumn codes, Utf8Dictionary? values)
{
    private const int Absent = 0;
    private const int Long = 1;

    /// <summary>One more than the largest hash.</summary>
    public const int Hashes = 1 << 16;

    /// <summary>The code of a value that is hashed.</summary>
    public static int HashOf(uint hash) => 2 + (int)(hash % (Hashes - 2));

    /// <summary>Spans that pass for certain, and spans whose value has to be looked at.</summary>
    public (Bitmap Certain, Bitmap? Unsure) Where(AttributePredicate predicate)
    {
        var present = Of(Absent).Not();
        if (predicate.IsMissing) return (predicate.Value is null ? present.Not() : new Bitmap(codes.Rows), null);
        if (predicate.Value is not { } value) return (present, null);
        if (value.Length > AttributeIndex.LongestValue) return (new Bitmap(codes.Rows), Of(Long));
        if (values is not { } texts) return (new Bitmap(codes.Rows), Of(HashOf(Utf8Interner.Hash(value))));
        var code = texts.Find(value);
        return (code < 0 ? new Bitmap(codes.Rows) : Of(code + 1), null);
    }

    /// <summary>Writes a page.</summary>
    /// <param name="codes">A code a span.</param>
    /// <param name="values">The values in the order of their codes; null when codes are hashes.</param>
    /// <param name="into">Receives the page.</param>
    public static void Write(ReadOnlySpan<int> codes, Utf8Dictionary? values, ByteBuffer into)
    {
        var texts = new ByteBuffer(256);
        if (values is { } kept) CodeEncoding.WriteDictionary(kept, [.. Enumerable.Range(1, kept.Count - 1)], texts);
        into.Write(texts.Length);
        into.Write(texts.Written);
        CodeEncoding.WriteCodes(codes, values is { } known ? known.Count + 1 : Hashes, into);
    }

    /// <summary>Reads a page; null when it is none.</summary>
    public static AttributeColumn? Read(byte[] page, int spans)
    {
        if (page.Length < 4 || BitConverter.ToInt32(page) is var length && (length < 0 || length > page.Length - 4)) return null;
        var hashed = length == 0;
        Utf8Dictionary values = default;
        if (!hashed && !CodeEncoding.TryReadDictionary(page.AsSpan(4, length), out values)) return null;
        var codes = CodeEncoding.ReadCodes(page.AsSpan(4 + length), spans, new Utf8Dictionary([], [], hashed ? Hashes : values.Count + 1));
        return codes is null ? null : new AttributeColumn(codes, hashed ? null : values);
    }

    private Bitmap Of(int code)
    {
        var accepted = new bool[codes.Values.Count];
        if (code < accepted.Length) accepted[code] = true;
        return codes.Where(accepted);
    }
}
