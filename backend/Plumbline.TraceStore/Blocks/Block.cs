using System.Buffers;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Blocks.Attributes;
using Plumbline.TraceStore.Blocks.Encodings;
using Plumbline.TraceStore.Blocks.Search;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks;

/// <summary>An open block: its directory, which stays in memory, and its pages, read when needed and kept in the cache.</summary>
internal sealed class Block
{
    private const int DerivedTraceOf = -1;
    private const int DerivedCells = -2;
    private const int FirstPart = -3;
    private const int MostParts = 64;
    private readonly Lock _partsGate = new();
    private readonly Dictionary<string, int> _parts = new(StringComparer.Ordinal);
    private int _partsMade;
    private readonly IObjectStore _store;
    private readonly BlockCache _cache;
    private readonly Dictionary<(PageKind, byte), int> _columns = [];
    private readonly int[] _records;
    private readonly int[] _recordRows;
    private readonly int[] _previews;

    public Block(IObjectStore store, BlockCache cache, long id, string name, long length, BlockDirectory directory)
    {
        (_store, _cache, Id, Name, Length, Directory) = (store, cache, id, name, length, directory);
        for (var i = 0; i < directory.Pages.Length; i++)
        {
            var page = directory.Pages[i];
            if (page.Kind is not (PageKind.Records or PageKind.Previews)) _columns[(page.Kind, page.Field)] = i;
        }
        _records = PagesOf(PageKind.Records);
        _recordRows = [.. _records.Select(p => directory.Pages[p].FirstRow)];
        _previews = PagesOf(PageKind.Previews);
        cache.Open(id);
    }

    public long Id { get; }

    public string Name { get; }

    public long Length { get; }

    public BlockDirectory Directory { get; }

    public int RecordPages => _records.Length;

    /// <summary>Reads a block's directory.</summary>
    public static async ValueTask<Block> OpenAsync(IObjectStore store, BlockCache cache, long id, string name, long length, CancellationToken cancellationToken)
    {
        var trailer = new byte[BlockDirectory.Trailer];
        await ReadAsync(store, name, Math.Max(0, length - trailer.Length), trailer, cancellationToken).ConfigureAwait(false);
        var (offset, size, crc) = BlockDirectory.ReadTrailer(name, length, trailer);
        var directory = new byte[size];
        await ReadAsync(store, name, offset, directory, cancellationToken).ConfigureAwait(false);
        return new Block(store, cache, id, name, length, BlockDirectory.Read(name, offset, directory, crc));
    }

    public ValueTask<CodeColumn> CodesAsync(CodeField field, CancellationToken ct) =>
        CodesAsync(PageKind.SpanCodes, (byte)field, (byte)field, Directory.Spans, ct);

    public ValueTask<CodeColumn> CodesAsync(TraceCode field, CancellationToken ct) =>
        CodesAsync(PageKind.TraceCodes, (byte)field, DictionaryOf(field), Directory.Traces, ct);

    public ValueTask<NumberColumn> NumbersAsync(NumberField field, CancellationToken ct) =>
        NumbersAsync(PageKind.SpanNumbers, (byte)field, Directory.Spans, ct);

    public ValueTask<NumberColumn> NumbersAsync(TraceNumber field, CancellationToken ct) =>
        NumbersAsync(PageKind.TraceNumbers, (byte)field, Directory.Traces, ct);

    public ValueTask<byte[]> BytesAsync(ByteField field, CancellationToken ct) =>
        GetAsync(_columns[(PageKind.SpanBytes, (byte)field)], raw => raw.Length == Directory.Spans ? (raw, raw.Length) : default, ct);

    public ValueTask<TraceId[]> TraceIdsAsync(CancellationToken ct) =>
        GetAsync(_columns[(PageKind.TraceIds, 0)], raw => raw.Length == Directory.Traces * TraceId.Size ? (ReadIds(raw), raw.Length) : default, ct);

    public ValueTask<SpanId[]> SpanIdsAsync(CancellationToken ct) =>
        GetAsync(_columns[(PageKind.SpanIds, 0)], raw => raw.Length == Directory.Spans * SpanId.Size ? (ReadSpanIds(raw), raw.Length) : default, ct);

    /// <summary>The traces' rows by rising id.</summary>
    public ValueTask<CodeColumn> TraceOrderAsync(CancellationToken ct) =>
        GetAsync(
            _columns[(PageKind.TraceOrder, 0)],
            raw => CodeEncoding.ReadCodes(raw, Directory.Traces, new Utf8Dictionary([], [], Directory.Traces)) is { } order
                ? (order, 4L * Directory.Traces) : default,
            ct);

    /// <summary>The trace of each span, and the first span of each trace with the number of spans after the last.</summary>
    public async ValueTask<TraceSpans> TraceSpansAsync(CancellationToken ct)
    {
        if (_cache.Find<TraceSpans>(Id, DerivedTraceOf) is { } known) return known;
        var counts = await NumbersAsync(TraceNumber.Spans, ct).ConfigureAwait(false);
        var made = TraceSpans.Of(counts, Directory.Spans) ?? throw new BlockCorruptedException(Name, 0, "the traces' spans do not add up");
        _cache.Add(Id, DerivedTraceOf, made, 4L * (Directory.Spans + Directory.Traces));
        return made;
    }

    /// <summary>What the block adds to statistics of a shape, if that was worked out lately.</summary>
    /// <param name="shape">What is asked.</param>
    /// <param name="asked">Whether it was asked before, so that the part is worth keeping.</param>
    public List<StatsRow>? FindPart(string shape, out bool asked)
    {
        lock (_partsGate) asked = _parts.ContainsKey(shape);
        return _cache.Find<List<StatsRow>>(Id, PartOf(shape));
    }

    /// <summary>Keeps what the block adds to statistics of a shape. The rows may not be changed any more.</summary>
    public void KeepPart(string shape, List<StatsRow> part) =>
        _cache.Add(Id, PartOf(shape), part, part.Sum(r => 250L + r.Duration.Size + r.TimeToFirstToken.Size));

    private int PartOf(string shape)
    {
        lock (_partsGate)
        {
            if (_parts.TryGetValue(shape, out var known)) return known;
            // What was kept under forgotten shapes ages out of the cache.
            if (_parts.Count == MostParts) _parts.Clear();
            return _parts[shape] = FirstPart - _partsMade++;
        }
    }

    public async ValueTask<TokenIndex> TokensAsync(CancellationToken ct)
    {
        var page = _columns[(PageKind.Tokens, 0)];
        if (_cache.Find<TokenIndex>(Id, page) is { } known) return known;
        var postings = await LoadAsync(_columns[(PageKind.Postings, 0)], ct).ConfigureAwait(false);
        return await GetAsync(page, raw => TokenIndex.Read(raw, postings, RecordPages) is { } index ? (index, index.Size) : default, ct).ConfigureAwait(false);
    }

    /// <summary>The sums of the block's spans; null when it keeps none.</summary>
    public async ValueTask<BlockAggregates?> AggregatesAsync(CancellationToken ct)
    {
        if (!_columns.TryGetValue((PageKind.Aggregates, 0), out var page)) return null;
        return await GetAsync(page, raw => BlockAggregates.Read(raw, Directory.Traces) is { } sums ? (sums, sums.Size) : default, ct).ConfigureAwait(false);
    }

    /// <summary>The cell of the block's sums that each span is in.</summary>
    public async ValueTask<int[]> CellsAsync(BlockAggregates sums, CancellationToken ct)
    {
        if (_cache.Find<int[]>(Id, DerivedCells) is { } known) return known;
        var texts = new CodeColumn[BlockAggregates.Texts.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = await CodesAsync(BlockAggregates.Texts[i], ct).ConfigureAwait(false);
        var kinds = await BytesAsync(ByteField.Kind, ct).ConfigureAwait(false);
        var starts = await NumbersAsync(NumberField.Start, ct).ConfigureAwait(false);
        var made = CellsOfSpans.Find(sums, texts, kinds, starts) ?? throw new BlockCorruptedException(Name, 0, "its sums lack some of its spans");
        _cache.Add(Id, DerivedCells, made, 4L * made.Length);
        return made;
    }

    /// <summary>The attributes that the block keeps columns of; null when it keeps none.</summary>
    public async ValueTask<AttributeIndex?> AttributesAsync(CancellationToken ct)
    {
        if (!_columns.TryGetValue((PageKind.AttributeNames, 0), out var page)) return null;
        return await GetAsync(page, raw => AttributeIndex.Read(raw, Directory.Spans) is { } index ? (index, index.Size) : default, ct).ConfigureAwait(false);
    }

    /// <summary>The column of an attribute by its number.</summary>
    public ValueTask<AttributeColumn> AttributeAsync(byte number, CancellationToken ct) =>
        !_columns.TryGetValue((PageKind.AttributeValues, number), out var page) ? throw new BlockCorruptedException(Name, 0, "an attribute's column is missing")
        : GetAsync(page, raw => AttributeColumn.Read(raw, Directory.Spans) is { } column ? (column, raw.Length + (4L * Directory.Spans)) : default, ct);

    public async ValueTask<Utf8Dictionary> DictionaryAsync(CodeField field, CancellationToken ct) =>
        (await TextsAsync((byte)field, ct).ConfigureAwait(false)).Values;

    /// <summary>The record page that holds a span.</summary>
    public int RecordPageOf(int span)
    {
        var at = Array.BinarySearch(_recordRows, span);
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>The spans of a record page: first, and the one after the last.</summary>
    public (int From, int To) RowsOf(int recordPage) =>
        (_recordRows[recordPage], recordPage + 1 < _recordRows.Length ? _recordRows[recordPage + 1] : Directory.Spans);

    public async ValueTask<RecordPage> RecordsAsync(int recordPage, CancellationToken ct)
    {
        if (_cache.Find<RecordPage>(Id, _records[recordPage]) is { } known) return known;
        var columns = new RecordColumns(
            (await TraceSpansAsync(ct).ConfigureAwait(false)).TraceOf,
            await TraceIdsAsync(ct).ConfigureAwait(false),
            await SpanIdsAsync(ct).ConfigureAwait(false),
            await NumbersAsync(NumberField.Start, ct).ConfigureAwait(false),
            await NumbersAsync(NumberField.Duration, ct).ConfigureAwait(false));
        var number = _records[recordPage];
        return await GetAsync(
            number, raw => RecordPage.Read(raw, RowsOf(recordPage), columns) is { } page ? (page, raw.Length) : default, ct).ConfigureAwait(false);
    }

    /// <summary>The beginnings of a trace's input and output.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Input, ReadOnlyMemory<byte> Output)> PreviewAsync(int trace, CancellationToken ct)
    {
        var page = await GetAsync(_previews[trace / 64], raw => (raw, raw.Length), ct).ConfigureAwait(false);
        var rest = page.AsMemory();
        for (var i = (trace % 64) * 2; i > 0; i--) rest = rest[(2 + BitConverter.ToUInt16(rest.Span))..];
        var input = rest.Slice(2, BitConverter.ToUInt16(rest.Span));
        rest = rest[(2 + input.Length)..];
        return (input, rest.Slice(2, BitConverter.ToUInt16(rest.Span)));
    }

    private async ValueTask<CodeColumn> CodesAsync(PageKind kind, byte field, byte dictionary, int rows, CancellationToken ct)
    {
        var page = _columns[(kind, field)];
        if (_cache.Find<CodeColumn>(Id, page) is { } known) return known;
        var texts = await TextsAsync(dictionary, ct).ConfigureAwait(false);
        var bytes = (texts.Values.Count < 1 << 16 ? 2L : 4L) * rows;
        return await GetAsync(page, raw => CodeEncoding.ReadCodes(raw, rows, texts.Values) is { } column ? (column, bytes) : default, ct).ConfigureAwait(false);
    }

    private ValueTask<Texts> TextsAsync(byte dictionary, CancellationToken ct) =>
        GetAsync(_columns[(PageKind.Dictionary, dictionary)], raw => CodeEncoding.TryReadDictionary(raw, out var d) ? (new Texts(d), raw.Length) : default, ct);

    private ValueTask<NumberColumn> NumbersAsync(PageKind kind, byte field, int rows, CancellationToken ct) =>
        GetAsync(
            _columns[(kind, field)], raw => NumberEncoding.Read(raw, rows) is { } column ? (column, (column.Narrow is null ? 10L : 6L) * rows) : default, ct);

    private async ValueTask<T> GetAsync<T>(int page, Func<byte[], (T? Content, long Bytes)> decode, CancellationToken ct) where T : class
    {
        if (_cache.Find<T>(Id, page) is { } known) return known;
        var (content, bytes) = decode(await LoadAsync(page, ct).ConfigureAwait(false));
        if (content is null) throw new BlockCorruptedException(Name, Directory.Pages[page].Offset, "a page is not what the directory says");
        _cache.Add(Id, page, content, bytes + 64);
        return content;
    }

    private async ValueTask<byte[]> LoadAsync(int page, CancellationToken ct)
    {
        var entry = Directory.Pages[page];
        var rented = ArrayPool<byte>.Shared.Rent(entry.Length);
        try
        {
            var stored = rented.AsMemory(0, entry.Length);
            await ReadAsync(_store, Name, entry.Offset, stored, ct).ConfigureAwait(false);
            if (Crc32C.Compute(stored.Span) != entry.Crc) throw new BlockCorruptedException(Name, entry.Offset, "a page's checksum is wrong");
            var raw = GC.AllocateUninitializedArray<byte>(entry.RawLength);
            return PageCodec.Decompress(entry.Compression, stored.Span, raw) is { } fault ? throw new BlockCorruptedException(Name, entry.Offset, fault) : raw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static async ValueTask ReadAsync(IObjectStore store, string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        var read = await store.ReadAsync(name, offset, into, ct).ConfigureAwait(false);
        if (read != into.Length) throw new BlockCorruptedException(name, offset, "it is cut short");
    }

    private int[] PagesOf(PageKind kind) => [.. Enumerable.Range(0, Directory.Pages.Length).Where(i => Directory.Pages[i].Kind == kind)];

    private static byte DictionaryOf(TraceCode field) => (byte?)Fields.OfSpan(field) ?? Fields.ModelDictionary;

    private static TraceId[] ReadIds(byte[] raw)
    {
        var ids = new TraceId[raw.Length / TraceId.Size];
        for (var i = 0; i < ids.Length; i++) ids[i] = TraceId.Read(raw.AsSpan(i * TraceId.Size));
        return ids;
    }

    private static SpanId[] ReadSpanIds(byte[] raw)
    {
        var ids = new SpanId[raw.Length / SpanId.Size];
        for (var i = 0; i < ids.Length; i++) ids[i] = SpanId.Read(raw.AsSpan(i * SpanId.Size));
        return ids;
    }

    private sealed record Texts(Utf8Dictionary Values);
}
