namespace Plumbline.TraceStore;

/// <summary>Notes which record pages hold which tokens of names, inputs and outputs.</summary>
internal sealed class TokenIndexWriter
{
    /// <summary>Longer tokens are not kept; the pages that hold one are candidates for whatever could be part of one.</summary>
    public const int LongestToken = 64;
    private readonly Utf8Interner _tokens = new();
    private readonly ByteBuffer _folded = new(4096);
    private readonly List<int> _longPages = [];
    private List<int>?[] _pages = new List<int>?[1024];
    private int[] _last = new int[1024];

    /// <summary>Adds a text of a row that stands in a page; pages come in rising order.</summary>
    public void Add(ReadOnlySpan<byte> text, int page)
    {
        if (text.IsEmpty) return;
        _folded.Clear();
        CaseFold.Fold(text, _folded);
        var tokens = new Tokens(_folded.Written);
        while (tokens.MoveNext())
        {
            if (tokens.Length > LongestToken) AddLong(page);
            else Add(_tokens.Intern(tokens.Current), page);
        }
    }

    private void Add(int token, int page)
    {
        if (token >= _last.Length)
        {
            Array.Resize(ref _last, token * 2);
            Array.Resize(ref _pages, token * 2);
        }
        if (_last[token] == page + 1) return;
        _last[token] = page + 1;
        (_pages[token] ??= new List<int>(1)).Add(page);
    }

    private void AddLong(int page)
    {
        if (_longPages.Count == 0 || _longPages[^1] != page) _longPages.Add(page);
    }

    /// <summary>Writes the tokens, sorted, each ended by a line feed, and the pages of each.</summary>
    public void Write(ByteBuffer tokens, ByteBuffer postings)
    {
        var view = _tokens.View;
        var order = Enumerable.Range(1, _tokens.Count - 1).ToArray();
        Array.Sort(order, (a, b) => view[a].SequenceCompareTo(view[b]));
        WritePages(_longPages, postings);
        foreach (var token in order)
        {
            tokens.Write(view[token]);
            tokens.Write((byte)'\n');
            WritePages(_pages[token]!, postings);
        }
    }

    private static void WritePages(List<int> pages, ByteBuffer into)
    {
        WriteVarint((uint)pages.Count, into);
        var last = 0;
        foreach (var page in pages)
        {
            WriteVarint((uint)(page - last), into);
            last = page;
        }
    }

    private static void WriteVarint(uint value, ByteBuffer into)
    {
        for (; value >= 0x80; value >>= 7) into.Write((byte)(value | 0x80));
        into.Write((byte)value);
    }
}
