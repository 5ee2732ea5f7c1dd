using System.Runtime.InteropServices;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Blocks.Search;

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
    /// <param name="tokens">Takes the tokens.</param>
    /// <param name="postings">Takes the pages: first those with long tokens, then those of each token.</param>
    public void Write(ByteBuffer tokens, ByteBuffer postings)
    {
        var texts = _tokens.View;
        int[] order = [.. Enumerable.Range(1, texts.Count - 1)];
        Array.Sort(order, (a, b) => texts[a].SequenceCompareTo(texts[b]));
        var (starts, pages) = ByToken();
        WritePages(CollectionsMarshal.AsSpan(_longPages), postings);
        foreach (var token in order)
        {
            tokens.Write(texts[token]);
            tokens.Write((byte)'\n');
            WritePages(pages.AsSpan(starts[token]..starts[token + 1]), postings);
        }
    }

    // The pages of one token after the other, by counting, and where each token's begin.
    private (int[] Starts, int[] Pages) ByToken()
    {
        var starts = new int[_tokens.Count + 1];
        foreach (var (token, _) in _postings) starts[token]++;
        for (var token = 1; token < starts.Length; token++) starts[token] += starts[token - 1];
        // From the back, so that the end of each token's pages becomes their start, and they stay in order.
        var pages = new int[_postings.Count];
        for (var i = _postings.Count - 1; i >= 0; i--) pages[--starts[_postings[i].Token]] = _postings[i].Page;
        return (starts, pages);
    }

    private static void WritePages(ReadOnlySpan<int> pages, ByteBuffer into)
    {
        Varint.Write((uint)pages.Length, into);
        var last = 0;
        foreach (var page in pages)
        {
            Varint.Write((uint)(page - last), into);
            last = page;
        }
    }
}
