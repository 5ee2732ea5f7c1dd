using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Head;

/// <summary>Spans in memory, in columns, over the bytes of the batches they came in. The store's lock guards every member.</summary>
internal sealed class SpanHead
{
    private const int FewestSpans = 1024;
    private const int FewestTraces = 256;
    private readonly SpanRows _spans;
    private readonly TraceRows _traces;
    private readonly SpanTable _table;
    private readonly Utf8Interner _models = new();
    private readonly Dictionary<TraceId, int> _traceOf;
    private readonly HashSet<int> _deadSpans = [];
    private readonly HashSet<int> _deadTraces = [];
    private readonly SpanBatchWriter _merged = new();
    private readonly RollUp _rollUp;
    private readonly List<int> _rows = [];
    private readonly List<int> _dirty = [];
    private bool[] _isDirty;
    private HeadView? _view;

    public SpanHead() : this(FewestSpans, FewestTraces)
    {
    }

    private SpanHead(int spans, int traces)
    {
        _spans = new SpanRows(spans);
        _traces = new TraceRows(traces);
        _table = new SpanTable(spans);
        _traceOf = new Dictionary<TraceId, int>(traces);
        _isDirty = new bool[traces];
        _rollUp = new RollUp(_spans, _traces, _table, _models);
    }

    /// <summary>An empty head with room for as much as this one holds and a little more.</summary>
    public SpanHead Another() => new(Math.Max(FewestSpans, _spans.Count * 5 / 4), Math.Max(FewestTraces, _traces.Count * 5 / 4));

    /// <summary>Rows, superseded ones included.</summary>
    public int Count => _spans.Count;

    /// <summary>Bytes of records held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Traces that were brought here from older segments; those hold dead copies of them.</summary>
    public HashSet<TraceId> MovedIn { get; } = [];

    /// <summary>Traces that left while the head was being sealed: its block holds dead copies of them. True for erased ones.</summary>
    public Dictionary<TraceId, bool> Left { get; } = [];

    public bool Contains(TraceId id) => _traceOf.ContainsKey(id);

    /// <summary>Adds the spans of a batch, merging copies of spans that are here already.</summary>
    /// <param name="batch">Kept alive by the head.</param>
    /// <param name="changed">Receives the traces that changed.</param>
    public void Insert(SpanBatch batch, HashSet<TraceId>? changed = null)
    {
        _view = null;
        var spans = batch.GetEnumerator();
        while (spans.MoveNext())
        {
            var span = spans.Current;
            Insert(span, batch.Bytes.Slice(spans.Offset, span.Record.Length), changed);
        }
    }

    private void Insert(SpanReader span, ReadOnlyMemory<byte> record, HashSet<TraceId>? changed)
    {
        var id = span.TraceId;
        var trace = TraceRow(id);
        var known = _table.Find(trace, span.SpanId);
        if (known >= 0)
        {
            Supersede(known, span, trace, changed);
            return;
        }
        Append(span, record, trace);
        changed?.Add(id);
    }

    private void Supersede(int known, SpanReader span, int trace, HashSet<TraceId>? changed)
    {
        var old = new SpanReader(_spans.Records[known].Span);
        if (old.Record.SequenceEqual(span.Record)) return;
        SpanMerge.Merge(old, span, _merged);
        var batch = _merged.ToBatch();
        var merged = batch.GetEnumerator();
        merged.MoveNext();
        if (old.Record.SequenceEqual(merged.Current.Record)) return;
        _deadSpans.Add(known);
        Append(merged.Current, batch.Bytes[RecordLayout.BatchHeader..], trace);
        changed?.Add(span.TraceId);
    }

    private void Append(SpanReader span, ReadOnlyMemory<byte> record, int trace)
    {
        var row = _spans.Add(span, record, trace, _traces.LastSpan[trace]);
        _traces.LastSpan[trace] = row;
        _table.Set(trace, span.SpanId, row);
        Bytes += record.Length;
        if (_isDirty[trace]) return;
        _isDirty[trace] = true;
        _dirty.Add(trace);
    }

    private int TraceRow(TraceId id)
    {
        if (_traceOf.TryGetValue(id, out var trace)) return trace;
        trace = _traces.Add(id);
        _traceOf.Add(id, trace);
        if (trace >= _isDirty.Length) Array.Resize(ref _isDirty, trace * 2);
        return trace;
    }

    /// <summary>Takes a trace out: it was moved elsewhere or erased.</summary>
    /// <returns>The records of its spans; empty when it is not here.</returns>
    public List<ReadOnlyMemory<byte>> Remove(TraceId id)
    {
        if (!_traceOf.Remove(id, out var trace)) return [];
        _view = null;
        _deadTraces.Add(trace);
        SpansOf(trace);
        return [.. _rows.Select(r => _spans.Records[r])];
    }

    /// <summary>The head as it is now. Later changes do not reach it.</summary>
    public HeadView Snapshot()
    {
        if (_view is not null) return _view;
        RollUp(int.MaxValue);
        return _view = new HeadView(_spans, _traces.Copy(), _models.View, LiveSpans(), LiveTraces());
    }

    /// <summary>Computes the rows of changed traces, so many at most.</summary>
    /// <returns>Whether all are computed.</returns>
    public bool RollUp(int most)
    {
        var left = Math.Max(0, _dirty.Count - most);
        for (var i = _dirty.Count - 1; i >= left; i--)
        {
            var trace = _dirty[i];
            _isDirty[trace] = false;
            if (_deadTraces.Contains(trace)) continue;
            SpansOf(trace);
            _rollUp.Compute(trace, _rows);
        }
        _dirty.RemoveRange(left, _dirty.Count - left);
        return left == 0;
    }

    private void SpansOf(int trace)
    {
        _rows.Clear();
        for (var row = _traces.LastSpan[trace]; row >= 0; row = _spans.Previous[row])
        {
            if (_deadSpans.Count == 0 || !_deadSpans.Contains(row)) _rows.Add(row);
        }
    }

    private Bitmap LiveTraces()
    {
        var live = Bitmap.All(_traces.Count);
        foreach (var trace in _deadTraces) live.Clear(trace);
        return live;
    }

    private Bitmap LiveSpans()
    {
        var live = Bitmap.All(_spans.Count);
        foreach (var row in _deadSpans) live.Clear(row);
        foreach (var trace in _deadTraces)
        {
            for (var row = _traces.LastSpan[trace]; row >= 0; row = _spans.Previous[row]) live.Clear(row);
        }
        return live;
    }

}
