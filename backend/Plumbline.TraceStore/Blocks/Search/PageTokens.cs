using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Blocks.Search;

/// <summary>Notes the tokens of a run of record pages. Several work side by side on the pages of a block.</summary>
internal sealed class PageTokens(HeadView head, int[] spans)
{
    private static readonly SpanText[] Searched = [SpanText.Name, SpanText.Input, SpanText.Output];
    private readonly Dictionary<uint, (int Row, SpanText Field)> _indexed = [];

    /// <summary>What was noted so far.</summary>
    public TokenIndexWriter Tokens { get; } = new();

    /// <summary>Notes the tokens of a page; pages come in rising order.</summary>
    /// <param name="page">Its number.</param>
    /// <param name="from">Its first row.</param>
    /// <param name="to">The row after its last.</param>
    public void Add(int page, int from, int to)
    {
        _indexed.Clear();
        for (var row = from; row < to; row++)
        {
            var span = new SpanReader(Record(row));
            foreach (var field in Searched)
            {
                var text = span.Text(field);
                if (!text.IsEmpty && IsNewInPage(text, row, field)) Tokens.Add(text, page);
            }
        }
    }

    // Spans of a trace repeat each other's inputs and outputs.
    private bool IsNewInPage(ReadOnlySpan<byte> text, int row, SpanText field)
    {
        var hash = Utf8Interner.Hash(text);
        if (_indexed.TryGetValue(hash, out var known) && new SpanReader(Record(known.Row)).Text(known.Field).SequenceEqual(text)) return false;
        _indexed[hash] = (row, field);
        return true;
    }

    private ReadOnlySpan<byte> Record(int row) => head.Record(spans[row]);
}
