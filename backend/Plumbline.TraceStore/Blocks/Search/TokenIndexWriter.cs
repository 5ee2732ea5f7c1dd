namespace Plumbline.TraceStore;

/// <summary>Notes which record pages hold which tokens of names, inputs and outputs.</summary>
internal sealed class TokenIndexWriter
{
    /// <summary>Longer tokens are not kept; the pages that hold one are candidates for whatever could be part of one.</summary>
    public const int LongestToken = 64;
    private readonly Utf8Interner _tokens = new();
    private readonly ShortTokens _short = new();
    private readonly ByteBuffer _folded = new(4096);
    private readonly List<int> _longPages = [];
    private readonly List<(int Token, int Page)> _postings = [];
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
            if (tokens.Length <= ShortTokens.Longest) AddShort(tokens, page);
            else if (tokens.Length <= LongestToken) AddOther(_tokens.Intern(tokens.Current), page);
            else if (_longPages.Count == 0 || _longPages[^1] != page) _longPages.Add(page);
        }
    }

    private void AddShort(Tokens tokens, int page)
    {
        ref var known = ref _short.At(_folded.Written, tokens.Start, tokens.Length);
        if (known.LastPage == page + 1) return;
        known.LastPage = page + 1;
        if (known.Code == 0) known.Code = _tokens.Intern(tokens.Current);
        _postings.Add((known.Code, page));
    }

    private void AddOther(int token, int page)
    {
        if (token >= _last.Length) Array.Resize(ref _last, token * 2);
        if (_last[token] == page + 1) return;
        _last[token] = page + 1;
        _postings.Add((token, page));
    }

    /// <summary>Writes the tokens, sorted, each ended by a line feed, and the pages of each.</summary>
    /// <param name="parts">Writers, each of pages that come after those of the one before.</param>
    /// <param name="tokens">Takes the tokens.</param>
    /// <param name="postings">Takes the pages: first those with long tokens, then those of each token.</param>
    public static void Write(TokenIndexWriter[] parts, ByteBuffer tokens, ByteBuffer postings)
    {
        var sorted = Array.ConvertAll(parts, p => new SortedPostings(p));
        WritePages([.. parts.SelectMany(p => p._longPages)], postings);
        var pages = new List<int>();
        while (Least(sorted) is var least && !least.IsEmpty)
        {
            tokens.Write(least);
            tokens.Write((byte)'\n');
            pages.Clear();
            foreach (var part in sorted)
            {
                if (part.Current.SequenceEqual(least)) part.Take(pages);
            }
            WritePages(pages, postings);
        }
    }

    // The first token, by its bytes, that no part has given yet; empty when all have.
    private static ReadOnlySpan<byte> Least(SortedPostings[] parts)
    {
        ReadOnlySpan<byte> least = default;
        foreach (var part in parts)
        {
            if (least.IsEmpty || (!part.Current.IsEmpty && part.Current.SequenceCompareTo(least) < 0)) least = part.Current;
        }
        return least;
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

    /// <summary>The tokens of one writer in the order of their bytes, and the pages of each.</summary>
    private sealed class SortedPostings
    {
        private readonly Utf8Dictionary _texts;
        private readonly int[] _order;
        private readonly int[] _ends;
        private readonly int[] _pages;
        private int _at;

        public SortedPostings(TokenIndexWriter writer)
        {
            var texts = _texts = writer._tokens.View;
            _order = [.. Enumerable.Range(1, texts.Count - 1)];
            Array.Sort(_order, (a, b) => texts[a].SequenceCompareTo(texts[b]));
            (_ends, _pages) = (new int[texts.Count], new int[writer._postings.Count]);
            foreach (var (token, _) in writer._postings) _ends[token]++;
            for (var token = 1; token < _ends.Length; token++) _ends[token] += _ends[token - 1];
            // From the back, so that the end of each token's pages becomes their start, and they stay in order.
            for (var i = writer._postings.Count - 1; i >= 0; i--) _pages[--_ends[writer._postings[i].Token]] = writer._postings[i].Page;
        }

        /// <summary>The next token; empty after the last.</summary>
        public ReadOnlySpan<byte> Current => _at < _order.Length ? _texts[_order[_at]] : default;

        /// <summary>Adds the pages of the current token and goes on to the next.</summary>
        public void Take(List<int> into)
        {
            var token = _order[_at++];
            into.AddRange(_pages.AsSpan(_ends[token], (token + 1 < _ends.Length ? _ends[token + 1] : _pages.Length) - _ends[token]));
        }
    }
}
