using Plumbline.ObjectStore;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Blocks.Attributes;
using Plumbline.TraceStore.Blocks.Encodings;
using Plumbline.TraceStore.Blocks.Search;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Blocks;

/// <summary>How finely a block is divided.</summary>
/// <param name="RecordPageBytes">About how many bytes of records make a page.</param>
/// <param name="SpansPerCell">Spans that a cell of the block's sums stands for on average, at least.</param>
/// <param name="MostAttributeValues">Distinct values of an attribute above which they are hashed.</param>
internal readonly record struct BlockShape(int RecordPageBytes, int SpansPerCell, int MostAttributeValues);

/// <summary>Makes a block of the live traces of a head.</summary>
internal sealed class BlockWriter
{
    private const int PreviewsPerPage = 64;
    private readonly HeadView _head;
    private readonly int _level;
    private readonly BlockShape _shape;
    private readonly int[][] _renumbered = new int[Fields.Codes][];
    private readonly ByteBuffer _out = WrittenBlock.TakeBuffer();
    private readonly ByteBuffer _page = new(512 << 10);
    private readonly List<PageEntry> _pages = [];
    private readonly IBlockPace? _pace;
    private readonly int[] _traces;
    private readonly int[] _spans;
    private readonly Lock _made = new();
    private int _halves;

    private BlockWriter(HeadView head, int level, BlockShape shape, IBlockPace? pace)
    {
        (_head, _level, _shape, _pace) = (head, level, shape, pace);
        _traces = TraceOrder(head);
        _spans = SpanOrder(head, _traces);
    }

    /// <summary>The bytes of the block with the rows of its traces; null when no trace is live.</summary>
    /// <param name="head">Where the traces are.</param>
    /// <param name="level">Effort of compression.</param>
    /// <param name="shape">How finely the block is divided.</param>
    /// <param name="pace">Who waits for it, if anybody does.</param>
    public static async ValueTask<WrittenBlock?> WriteAsync(HeadView head, int level, BlockShape shape, IBlockPace? pace = null)
    {
        var writer = new BlockWriter(head, level, shape, pace);
        return writer._traces.Length == 0 ? null : await writer.WriteAsync().ConfigureAwait(false);
    }

    private async ValueTask<WrittenBlock> WriteAsync()
    {
        _out.Write(BlockDirectory.Magic);
        WriteColumns();
        WriteAggregates();
        WriteIds();
        await WriteRecordsAsync().ConfigureAwait(false);
        WritePreviews();
        var starts = _spans.Select(s => _head.Column(NumberField.Start)[s]);
        var (bounds, filter) = (new NanoRange(starts.Min(), starts.Max()), TraceIdFilter.Of([.. _traces.Select(t => _head.TraceIds[t])]));
        var directory = new BlockDirectory(_spans.Length, _traces.Length, bounds, filter, [.. _pages]) { OldestMapping = OldestMapping() };
        var at = _out.Length;
        directory.Write(_out);
        _out.Write(BlockDirectory.TrailerOf(at, _out.Written[at..]));
        var order = new Dictionary<TraceId, int>(_traces.Length);
        for (var row = 0; row < _traces.Length; row++) order[_head.TraceIds[_traces[row]]] = row;
        return new WrittenBlock(_out, directory, order);
    }

    private long OldestMapping()
    {
        var oldest = long.MaxValue;
        for (var row = 0; row < _spans.Length; row++) oldest = Math.Min(oldest, new SpanReader(Record(row)).Number(SpanNumber.MappingVersion) ?? 0);
        return oldest;
    }

    private void WriteColumns()
    {
        for (var field = (CodeField)0; (int)field < Fields.Codes; field++)
        {
            var spans = _head.Column(field);
            var shared = Fields.OfTrace(field) is { } trace ? (trace, Column: _head.Column(trace)) : default;
            var codes = Renumber(spans, shared.Column, out var renumbered);
            _renumbered[(int)field] = renumbered;
            CodeEncoding.WriteDictionary(spans.Values, codes, _page);
            Add(PageKind.Dictionary, (byte)field);
            WriteCodes(PageKind.SpanCodes, (byte)field, spans, _spans, renumbered, codes.Count + 1);
            if (shared.Column is not null) WriteCodes(PageKind.TraceCodes, (byte)shared.trace, shared.Column, _traces, renumbered, codes.Count + 1);
        }
        WriteModels();
        for (var field = (NumberField)0; (int)field < Fields.Numbers; field++) WriteNumbers(PageKind.SpanNumbers, (byte)field, _head.Column(field), _spans);
        for (var field = (TraceNumber)0; (int)field < Fields.TraceNumbers; field++)
            WriteNumbers(PageKind.TraceNumbers, (byte)field, _head.Column(field), _traces);
        for (var field = (ByteField)0; (int)field < Fields.Bytes; field++)
        {
            var column = _head.Column(field);
            foreach (var span in _spans) _page.Write(column[span]);
            Add(PageKind.SpanBytes, (byte)field);
        }
    }

    private void WriteAggregates()
    {
        var rowOf = new int[_head.Traces];
        for (var row = 0; row < _traces.Length; row++) rowOf[_traces[row]] = row;
        var traces = Array.ConvertAll(_spans, s => rowOf[_head.TraceOf[s]]);
        var writer = new AggregateWriter(_head, _spans, traces);
        if (writer.Write(Array.ConvertAll(BlockAggregates.Texts, f => _renumbered[(int)f]), _shape.SpansPerCell, _page)) Add(PageKind.Aggregates, 0);
    }

    private void WriteModels()
    {
        var models = _head.Column(TraceCode.Models);
        var codes = Renumber(models, null, out var renumbered, _traces);
        CodeEncoding.WriteDictionary(models.Values, codes, _page);
        Add(PageKind.Dictionary, Fields.ModelDictionary);
        WriteCodes(PageKind.TraceCodes, (byte)TraceCode.Models, models, _traces, renumbered, codes.Count + 1);
    }

    // The codes in use, in the order of their texts, and what each becomes.
    private List<int> Renumber(CodeColumn column, CodeColumn? traceColumn, out int[] renumbered, int[]? rows = null)
    {
        var used = new bool[Math.Max(column.Values.Count, traceColumn?.Values.Count ?? 0)];
        foreach (var row in rows ?? _spans) used[column[row]] = true;
        if (traceColumn is not null)
        {
            foreach (var row in _traces) used[traceColumn[row]] = true;
        }
        var values = traceColumn is not null && traceColumn.Values.Count > column.Values.Count ? traceColumn.Values : column.Values;
        var codes = Enumerable.Range(1, used.Length - 1).Where(c => used[c]).ToList();
        codes.Sort((a, b) => values[a].SequenceCompareTo(values[b]));
        renumbered = new int[used.Length];
        for (var i = 0; i < codes.Count; i++) renumbered[codes[i]] = i + 1;
        return codes;
    }

    private void WriteCodes(PageKind kind, byte field, CodeColumn column, int[] rows, int[] renumbered, int count)
    {
        var codes = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) codes[i] = renumbered[column[rows[i]]];
        CodeEncoding.WriteCodes(codes, count, _page);
        Add(kind, field);
    }

    private void WriteNumbers(PageKind kind, byte field, NumberColumn column, int[] rows)
    {
        var numbers = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++) numbers[i] = column[rows[i]];
        NumberEncoding.Write(numbers, _page);
        Add(kind, field);
    }

    private void WriteIds()
    {
        var ids = _traces.Select(t => _head.TraceIds[t]).ToArray();
        foreach (var id in ids) id.Write(_page.Reserve(TraceId.Size));
        Add(PageKind.TraceIds, 0);
        var order = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(order, (a, b) => ids[a].CompareTo(ids[b]));
        CodeEncoding.WriteCodes(order, order.Length, _page);
        Add(PageKind.TraceOrder, 0);
        foreach (var span in _spans) _head.SpanIds[span].Write(_page.Reserve(SpanId.Size));
        Add(PageKind.SpanIds, 0);
    }

    // On one processor, for requests need the others, unless requests wait for this.
    private async ValueTask WriteRecordsAsync()
    {
        var pages = RecordPages();
        var noted = new PageTokens(_head, _spans);
        var attributes = new AttributeWriter(_shape.MostAttributeValues);
        Task? helper = null;
        for (var page = 0; page < pages.Count; page++)
        {
            if (helper is null && _pace is { IsAwaited: true })
            {
                var rest = page;
                helper = Task.Run(() => Note(noted, attributes, pages, rest, pages.Count));
            }
            WritePage(pages[page].From, pages[page].To);
            Made(pages.Count);
            if (helper is null) Note(noted, attributes, pages, page, page + 1);
        }
        if (helper is not null) await helper.ConfigureAwait(false);
        var postings = new ByteBuffer(4096);
        noted.Tokens.Write(_page, postings);
        Add(PageKind.Tokens, 0);
        _page.Write(postings.Written);
        Add(PageKind.Postings, 0);
        attributes.Write(_page, (kind, number) => Add(kind, number));
    }

    private void Note(PageTokens tokens, AttributeWriter attributes, List<(int From, int To)> pages, int first, int end)
    {
        for (var page = first; page < end; page++)
        {
            var (from, to) = pages[page];
            tokens.Add(page, from, to);
            for (var row = from; row < to; row++) attributes.Add(new SpanReader(Record(row)));
            Made(pages.Count);
        }
    }

    // Half of the work on a page is done: its records are compressed, or its tokens and attributes noted. Two may say so at once.
    private void Made(int pages)
    {
        if (_pace is null) return;
        lock (_made) _pace.Made(++_halves / (2.0 * pages));
    }

    private List<(int From, int To)> RecordPages()
    {
        var pages = new List<(int, int)>();
        for (var from = 0; from < _spans.Length;)
        {
            var to = from;
            for (var bytes = 0; to < _spans.Length && (to == from || bytes < _shape.RecordPageBytes); to++) bytes += Record(to).Length;
            pages.Add((from, to));
            from = to;
        }
        return pages;
    }

    private void WritePage(int from, int to)
    {
        _page.Write(to - from);
        for (var row = from; row < to; row++) _page.Write(Record(row).Length);
        for (var row = from; row < to; row++)
            StoredRecord.Strip(Record(row), _head.Column(NumberField.Start)[_spans[row]], _head.Column(NumberField.Duration)[_spans[row]], _page);
        Add(PageKind.Records, 0, from);
    }

    private ReadOnlySpan<byte> Record(int row) => _head.Record(_spans[row]);

    private void WritePreviews()
    {
        for (var from = 0; from < _traces.Length; from += PreviewsPerPage)
        {
            foreach (var trace in _traces.AsSpan(from, Math.Min(PreviewsPerPage, _traces.Length - from)))
            {
                WriteText(_head.PreviewBytes(trace, SpanText.Input));
                WriteText(_head.PreviewBytes(trace, SpanText.Output));
            }
            Add(PageKind.Previews, 0, from);
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        _page.Write((ushort)text.Length);
        _page.Write(text);
    }

    private void Add(PageKind kind, byte field, int firstRow = 0)
    {
        var at = _out.Length;
        var compression = PageCodec.Compress(_page.Written, _level, _out);
        _pages.Add(new PageEntry(kind, field, firstRow, at, _out.Length - at, _page.Length, Crc32C.Compute(_out.Written[at..]), compression));
        _page.Clear();
    }

    private static int[] TraceOrder(HeadView head)
    {
        var order = new List<int>();
        foreach (var trace in head.LiveTraces) order.Add(trace);
        var starts = head.Column(TraceNumber.Start);
        order.Sort((a, b) => starts[a] != starts[b] ? starts[a].CompareTo(starts[b]) : head.TraceIds[a].CompareTo(head.TraceIds[b]));
        return [.. order];
    }

    private static int[] SpanOrder(HeadView head, int[] traces)
    {
        var order = new List<int>(head.Spans);
        var rows = new List<int>();
        var starts = head.Column(NumberField.Start);
        foreach (var trace in traces)
        {
            rows.Clear();
            head.SpansOf(trace, rows);
            rows.Sort((a, b) => (starts[a], starts[b]) is var (x, y)
                && x != y ? (x == 0 ? 1 : y == 0 ? -1 : x.CompareTo(y)) : head.SpanIds[a].CompareTo(head.SpanIds[b]));
            order.AddRange(rows);
        }
        return [.. order];
    }
}
