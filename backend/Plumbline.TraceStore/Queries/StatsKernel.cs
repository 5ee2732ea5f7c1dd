namespace Plumbline.TraceStore;

/// <summary>Sums the spans of one segment by bucket and group. Rows are taken trace by trace, so that distinct traces are counted by looking at the one before.</summary>
internal sealed class StatsKernel
{
    private readonly SegmentView _view;
    private readonly StatsQuery _query;
    private readonly GroupKeys[] _groups;
    private readonly int _combinations;
    private readonly Dictionary<(long Bucket, int Group), Cell> _cells = [];
    private Cell?[] _ofBucket = [];
    private long _bucketStart = long.MinValue;
    private long _bucketEnd = long.MinValue;

    public StatsKernel(SegmentView view, StatsQuery query)
    {
        (_view, _query) = (view, query);
        _groups = [.. query.GroupBy.Select(g => GroupKeys.Of(g, view))];
        var combinations = _groups.Aggregate(1L, (product, g) => product * g.Count);
        if (combinations > int.MaxValue) throw new InvalidQueryException("These fields have too many values to be grouped by together. Leave one out, or filter.");
        _combinations = (int)combinations;
    }

    public List<StatsRow> Run(Bitmap rows)
    {
        var columns = new Columns(_view);
        if (_view is HeadView)
        {
            foreach (var row in ByTrace(rows)) Add(row, columns);
        }
        else
        {
            foreach (var row in rows) Add(row, columns);
        }
        return [.. _cells.Select(c => c.Value.Row(_query.BucketNano is null ? null : c.Key.Bucket, Texts(c.Key.Group)))];
    }

    private void Add(int row, Columns columns)
    {
        var cell = CellOf(columns.Start[row], row);
        cell.Spans++;
        var trace = _view.TraceOf[row];
        if (cell.LastTrace != trace)
        {
            cell.LastTrace = trace;
            cell.Traces++;
        }
        if (columns.Status(row) == (byte)SpanStatus.Error) cell.Errors++;
        if (columns.Duration[row] is var duration && duration != Fields.Absent) cell.Duration.Add(duration);
        if (columns.FirstToken[row] is var first && first != Fields.Absent) cell.FirstToken.Add(first);
        if ((columns.Flags(row) & (byte)SpanFlags.Billed) != 0) cell.AddUsage(row, columns);
    }

    private Cell CellOf(long start, int row)
    {
        var group = 0;
        foreach (var keys in _groups) group = (group * keys.Count) + keys[row];
        if (_bucketEnd == long.MinValue || (_query.BucketNano is not null && (start < _bucketStart || start >= _bucketEnd))) Enter(start);
        if (_ofBucket.Length == 0) return Find(group);
        return _ofBucket[group] ??= Find(group);
    }

    // Rows come nearly in the order of time: most fall into the bucket of the row before.
    private void Enter(long start)
    {
        _bucketStart = 0;
        _bucketEnd = long.MaxValue;
        if (_query.BucketNano is { } length)
        {
            var remainder = (start - _query.BucketOffsetNano) % length;
            _bucketStart = start - (remainder < 0 ? remainder + length : remainder);
            _bucketEnd = _bucketStart + length;
        }
        if (_combinations > 4096) return;
        if (_ofBucket.Length == 0) _ofBucket = new Cell?[_combinations];
        else _ofBucket.AsSpan().Clear();
    }

    private Cell Find(int group)
    {
        if (!_cells.TryGetValue((_bucketStart, group), out var cell)) _cells[(_bucketStart, group)] = cell = new Cell();
        return cell;
    }

    private int[] ByTrace(Bitmap rows)
    {
        var ordered = new List<int>();
        foreach (var row in rows) ordered.Add(row);
        var traces = _view.TraceOf.ToArray();
        ordered.Sort((a, b) => traces[a] != traces[b] ? traces[a].CompareTo(traces[b]) : a.CompareTo(b));
        return [.. ordered];
    }

    private string[] Texts(int group)
    {
        var texts = new string[_groups.Length];
        for (var i = _groups.Length - 1; i >= 0; i--)
        {
            texts[i] = _groups[i].Text(group % _groups[i].Count);
            group /= _groups[i].Count;
        }
        return texts;
    }

    private sealed class Columns(SegmentView view)
    {
        public readonly NumberColumn Start = view.Column(NumberField.Start);
        public readonly NumberColumn Duration = view.Column(NumberField.Duration);
        public readonly NumberColumn FirstToken = view.Column(NumberField.TimeToFirstToken);
        public readonly NumberColumn Input = view.Column(NumberField.InputTokens);
        public readonly NumberColumn Output = view.Column(NumberField.OutputTokens);
        public readonly NumberColumn Total = view.Column(NumberField.TotalTokens);
        public readonly NumberColumn Cached = view.Column(NumberField.CachedTokens);
        public readonly NumberColumn Reasoning = view.Column(NumberField.ReasoningTokens);
        public readonly NumberColumn Cost = view.Column(NumberField.Cost);

        public byte Status(int row) => view.Column(ByteField.Status)[row];

        public byte Flags(int row) => view.Column(ByteField.Flags)[row];
    }

    private sealed class Cell
    {
        private long _input;
        private long _output;
        private long _total;
        private long? _cached;
        private long? _reasoning;
        private Int128? _cost;
        private long _unpriced;

        public int LastTrace = -1;
        public long Spans;
        public long Traces;
        public long Errors;
        public readonly QuantileSketch Duration = new();
        public readonly QuantileSketch FirstToken = new();

        public void AddUsage(int row, Columns columns)
        {
            _input += Known(columns.Input[row]);
            _output += Known(columns.Output[row]);
            _total += Known(columns.Total[row]);
            if (columns.Cached[row] is var cached && cached != Fields.Absent) _cached = (_cached ?? 0) + cached;
            if (columns.Reasoning[row] is var reasoning && reasoning != Fields.Absent) _reasoning = (_reasoning ?? 0) + reasoning;
            if (columns.Cost[row] is var cost && cost != Fields.Absent) _cost = (_cost ?? 0) + cost;
            else _unpriced++;
        }

        public StatsRow Row(long? bucket, string[] group) => new()
        {
            BucketStartUnixNano = bucket,
            Group = group,
            Spans = Spans,
            Traces = Traces,
            Errors = Errors,
            Tokens = new TokenSums(_input, _output, _total, _cached, _reasoning),
            Cost = _cost,
            UnpricedSpans = _unpriced,
            Duration = Duration,
            TimeToFirstToken = FirstToken,
        };

        private static long Known(long number) => number == Fields.Absent ? 0 : number;
    }
}
