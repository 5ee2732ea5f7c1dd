using System.Text;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Blocks;

/// <summary>A block as one query sees it.</summary>
internal sealed class BlockView(Block block, IReadOnlySet<int> deadTraces) : SegmentView
{
    private readonly CodeColumn?[] _codes = new CodeColumn?[Fields.Codes];
    private readonly NumberColumn?[] _numbers = new NumberColumn?[Fields.Numbers];
    private readonly byte[]?[] _bytes = new byte[]?[Fields.Bytes];
    private readonly CodeColumn?[] _traceCodes = new CodeColumn?[Fields.TraceCodes];
    private readonly NumberColumn?[] _traceNumbers = new NumberColumn?[Fields.TraceNumbers];
    private TraceSpans? _traceSpans;
    private TraceId[]? _traceIds;
    private SpanId[]? _spanIds;
    private CodeColumn? _order;
    private Bitmap? _liveSpans;
    private Bitmap? _liveTraces;

    public Block Block => block;

    /// <summary>Whether all of its traces live.</summary>
    public bool IsWhole => deadTraces.Count == 0;

    public override int Spans => block.Directory.Spans;

    public override int Traces => block.Directory.Traces;

    public override NanoRange Bounds => block.Directory.Bounds;

    public override Bitmap LiveTraces => _liveTraces ??= Live();

    public override Bitmap LiveSpans => _liveSpans ??= LiveRows();

    public override ReadOnlySpan<int> TraceOf => _traceSpans!.TraceOf;

    public override ReadOnlySpan<TraceId> TraceIds => _traceIds;

    public override ReadOnlySpan<SpanId> SpanIds => _spanIds;

    public override CodeColumn Column(CodeField field) => _codes[(int)field]!;

    public override NumberColumn Column(NumberField field) => _numbers[(int)field]!;

    public override byte[] Bytes(ByteField field) => _bytes[(int)field]!;

    public override CodeColumn Column(TraceCode field) => _traceCodes[(int)field]!;

    public override NumberColumn Column(TraceNumber field) => _traceNumbers[(int)field]!;

    public override async ValueTask LoadAsync(FieldSet fields, CancellationToken ct)
    {
        _traceSpans ??= await block.TraceSpansAsync(ct).ConfigureAwait(false);
        _traceIds ??= await block.TraceIdsAsync(ct).ConfigureAwait(false);
        if (fields.SpanIds) _spanIds ??= await block.SpanIdsAsync(ct).ConfigureAwait(false);
        for (var f = (CodeField)0; (int)f < Fields.Codes; f++)
        {
            if (fields.Has(f)) _codes[(int)f] ??= await block.CodesAsync(f, ct).ConfigureAwait(false);
        }
        for (var f = (NumberField)0; (int)f < Fields.Numbers; f++)
        {
            if (fields.Has(f)) _numbers[(int)f] ??= await block.NumbersAsync(f, ct).ConfigureAwait(false);
        }
        for (var f = (ByteField)0; (int)f < Fields.Bytes; f++)
        {
            if (fields.Has(f)) _bytes[(int)f] ??= await block.BytesAsync(f, ct).ConfigureAwait(false);
        }
        if (fields.TraceRows) await LoadTracesAsync(ct).ConfigureAwait(false);
    }

    private async ValueTask LoadTracesAsync(CancellationToken ct)
    {
        for (var f = (TraceCode)0; (int)f < Fields.TraceCodes; f++) _traceCodes[(int)f] ??= await block.CodesAsync(f, ct).ConfigureAwait(false);
        for (var f = (TraceNumber)0; (int)f < Fields.TraceNumbers; f++) _traceNumbers[(int)f] ??= await block.NumbersAsync(f, ct).ConfigureAwait(false);
    }

    public override async ValueTask<int> FindAsync(TraceId id, CancellationToken ct)
    {
        if (!block.Directory.Filter.MayContain(id)) return -1;
        _traceIds ??= await block.TraceIdsAsync(ct).ConfigureAwait(false);
        _order ??= await block.TraceOrderAsync(ct).ConfigureAwait(false);
        var (low, high) = (0, _traceIds.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var row = _order[middle];
            var order = _traceIds[row].CompareTo(id);
            if (order == 0)
            {
                // Whoever finds a trace goes on to its spans.
                _traceSpans ??= await block.TraceSpansAsync(ct).ConfigureAwait(false);
                return row;
            }
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /// <summary>The traces that do not count: dead ones and those that are hidden. Null when there are none.</summary>
    public async ValueTask<bool[]?> UncountedAsync(IReadOnlySet<TraceId>? hidden, CancellationToken ct)
    {
        bool[]? uncounted = null;
        foreach (var trace in deadTraces) (uncounted ??= new bool[Traces])[trace] = true;
        foreach (var id in hidden ?? (IReadOnlySet<TraceId>)new HashSet<TraceId>())
        {
            var trace = await FindAsync(id, ct).ConfigureAwait(false);
            if (trace >= 0) (uncounted ??= new bool[Traces])[trace] = true;
        }
        return uncounted;
    }

    /// <summary>Notes which cells of the block's sums the spans of some traces are in.</summary>
    public void MarkCells(bool[] traces, int[] cellOf, bool[] cells)
    {
        for (var trace = 0; trace < traces.Length; trace++)
        {
            if (!traces[trace]) continue;
            for (var row = _traceSpans!.First[trace]; row < _traceSpans.First[trace + 1]; row++) cells[cellOf[row]] = true;
        }
    }

    public override void SpansOf(int trace, List<int> into)
    {
        if (deadTraces.Contains(trace)) return;
        for (var row = _traceSpans!.First[trace]; row < _traceSpans.First[trace + 1]; row++) into.Add(row);
    }

    public override async ValueTask<ReadOnlyMemory<byte>> RecordAsync(int span, CancellationToken ct) =>
        (await block.RecordsAsync(block.RecordPageOf(span), ct).ConfigureAwait(false))[span];

    public override async ValueTask<(Bitmap Certain, Bitmap? Unsure)?> AttributeAsync(AttributePredicate predicate, CancellationToken ct)
    {
        if (await block.AttributesAsync(ct).ConfigureAwait(false) is not { } index) return null;
        (Bitmap Certain, Bitmap? Unsure) found;
        if (index.TryFind(predicate.Key, out var number)) found = (await block.AttributeAsync(number, ct).ConfigureAwait(false)).Where(predicate);
        else if (!index.IsComplete) return null;
        else found = (predicate is { IsMissing: true, Value: null } ? Bitmap.All(Spans) : new Bitmap(Spans), null);
        foreach (var row in index.Unread)
        {
            found.Certain.Clear(row);
            (found.Unsure ??= new Bitmap(Spans)).Set(row);
        }
        return found;
    }

    public override async ValueTask<Bitmap> CandidatesAsync(Needle needle, CancellationToken ct)
    {
        var index = await block.TokensAsync(ct).ConfigureAwait(false);
        var rows = new Bitmap(Spans);
        foreach (var page in index.Pages(needle, block.RecordPages))
        {
            var (from, to) = block.RowsOf(page);
            for (var row = from; row < to; row++) rows.Set(row);
        }
        return rows;
    }

    public override async ValueTask<bool> HoldsAsync(int span, Needle needle, CancellationToken ct)
    {
        var record = await RecordAsync(span, ct).ConfigureAwait(false);
        return Holds(new SpanReader(record.Span), needle);
    }

    public override async ValueTask<(string? Input, string? Output)> PreviewAsync(int trace, CancellationToken ct)
    {
        var (input, output) = await block.PreviewAsync(trace, ct).ConfigureAwait(false);
        return (Text(input), Text(output));
    }

    internal static bool Holds(SpanReader span, Needle needle) =>
        needle.IsIn(span.Text(SpanText.Name)) || needle.IsIn(span.Text(SpanText.Input)) || needle.IsIn(span.Text(SpanText.Output));

    private static string? Text(ReadOnlyMemory<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text.Span);

    private Bitmap Live()
    {
        var live = Bitmap.All(Traces);
        foreach (var trace in deadTraces) live.Clear(trace);
        return live;
    }

    private Bitmap LiveRows()
    {
        var live = Bitmap.All(Spans);
        foreach (var trace in deadTraces)
        {
            for (var row = _traceSpans!.First[trace]; row < _traceSpans.First[trace + 1]; row++) live.Clear(row);
        }
        return live;
    }
}
