using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Blocks.Search;

/// <summary>Tells which record pages may hold a text.</summary>
internal sealed class TokenIndex
{
    private readonly byte[] _tokens;
    private readonly int[] _ends;
    private readonly byte[] _postings;
    private readonly int[] _starts;

    private TokenIndex(byte[] tokens, int[] ends, byte[] postings, int[] starts) => (_tokens, _ends, _postings, _starts) = (tokens, ends, postings, starts);

    /// <summary>Bytes held in memory.</summary>
    public long Size => _tokens.Length + _postings.Length + (4L * (_ends.Length + _starts.Length));

    /// <summary>Reads what <see cref="TokenIndexWriter"/> wrote; null when it is something else.</summary>
    public static TokenIndex? Read(byte[] tokens, byte[] postings, int pages)
    {
        var ends = new int[tokens.AsSpan().Count((byte)'\n')];
        var at = 0;
        for (var i = 0; i < ends.Length; i++) at = ends[i] = at + tokens.AsSpan(at).IndexOf((byte)'\n') + 1;
        if (at != tokens.Length) return null;
        var starts = new int[ends.Length + 1];
        var from = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = from;
            if (!TrySkip(postings, ref from, pages)) return null;
        }
        return from == postings.Length ? new TokenIndex(tokens, ends, postings, starts) : null;
    }

    /// <summary>The pages that may hold the text.</summary>
    public Bitmap Pages(Needle needle, int pages)
    {
        var candidates = Bitmap.All(pages);
        var parts = new Tokens(needle.Folded);
        while (parts.MoveNext())
        {
            var single = parts.IsSingle;
            var open = (Start: !single && parts.Start == 0, End: !single && parts.Start + parts.Length == needle.Folded.Length);
            candidates.And(Pages(parts.Current, open.Start, open.End, pages));
        }
        return candidates;
    }

    // A part at the edge of the text may go on beyond it: it is any token that ends with, starts with or holds it.
    private Bitmap Pages(ReadOnlySpan<byte> part, bool openStart, bool openEnd, int pages)
    {
        var found = new Bitmap(pages);
        if (openStart || openEnd || part.Length > TokenIndexWriter.LongestToken) AddPages(0, found);
        if (!openStart && !openEnd)
        {
            var exact = Find(part);
            if (exact >= 0) AddPages(exact + 1, found);
            return found;
        }
        for (var at = 0; at < _tokens.Length;)
        {
            var hit = _tokens.AsSpan(at).IndexOf(part);
            if (hit < 0) break;
            var token = TokenAt(at + hit);
            var (from, to) = (token == 0 ? 0 : _ends[token - 1], _ends[token] - 1);
            var text = _tokens.AsSpan(from, to - from);
            if ((openStart || text.StartsWith(part)) && (openEnd || text.EndsWith(part))) AddPages(token + 1, found);
            at = to + 1;
        }
        return found;
    }

    private int TokenAt(int position)
    {
        var at = Array.BinarySearch(_ends, position + 1);
        return at >= 0 ? at : ~at;
    }

    private int Find(ReadOnlySpan<byte> token)
    {
        var (low, high) = (0, _ends.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var from = middle == 0 ? 0 : _ends[middle - 1];
            var order = _tokens.AsSpan(from, _ends[middle] - 1 - from).SequenceCompareTo(token);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private void AddPages(int list, Bitmap into)
    {
        var at = _starts[list];
        var count = Varint(_postings, ref at);
        for (var page = 0u; count > 0; count--)
        {
            page += Varint(_postings, ref at);
            into.Set((int)page);
        }
    }

    private static bool TrySkip(byte[] postings, ref int at, int pages)
    {
        if (at >= postings.Length) return false;
        var count = Varint(postings, ref at);
        for (var page = 0u; count > 0; count--)
        {
            if (at >= postings.Length) return false;
            page += Varint(postings, ref at);
            if (page >= pages) return false;
        }
        return true;
    }

    private static uint Varint(byte[] bytes, ref int at)
    {
        var value = 0u;
        for (var shift = 0; at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80) break;
        }
        return value;
    }
}
