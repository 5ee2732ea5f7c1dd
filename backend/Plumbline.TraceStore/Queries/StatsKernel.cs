using System.Runtime.InteropServices;

namespace Plumbline.TraceStore;

/// <summary>Sums the spans of one segment by bucket and group.</summary>
internal sealed class StatsKernel
{
    private readonly SegmentView _view;
    private readonly StatsQuery _query;
    private readonly GroupKeys[] _groups;
    private readonly Dictionary<(long Bucket, int Group), Cell> _cells = [];

    public StatsKernel(SegmentView view, StatsQuery query)
    {
        (_view, _query) = (view, query);
        _groups = [.. query.GroupBy.Select(g => GroupKeys.Of(g, view))];
        var combinations = _groups.Aggregate(1L, (product, g) => product * g.Count);
        if (combinations > int.MaxValue) throw new InvalidQueryException("These fields have too many values to be grouped by together. Leave one out, or filter.");
    }

    public void Run(Bitmap rows, Dictionary<(long Bucket, string Group), StatsRow> into, int limit)
    {
        Sum(rows);
        foreach (var ((bucket, group), cell) in _cells)
        {
            var texts = Texts(group);
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(into, (bucket, string.Join('\0', texts)), out var known);
            if (!known) row = new StatsRow { BucketStartUnixNano = _query.BucketNano is null ? null : bucket, Group = texts };
            if (into.Count > limit) throw new InvalidQueryException($"The answer would have more than {limit} rows. Take longer buckets, a shorter range or fewer groups.");
            row!.Add(cell.Row());
        }
    }

    private void Sum(Bitmap rows)
    {
        var start = _view.Column(NumberField.Start);
        var duration = _view.Column(NumberField.Duration);
        var first = _view.Column(NumberField.TimeToFirstToken);
        var traces = _view.TraceOf;
        var statuses = _view.Column(ByteField.Status);
        var flags = _view.Column(ByteField.Flags);
        var last = (Bucket: long.MinValue, Group: -1);
        Cell? cell = null;
        foreach (var row in rows)
        {
            var key = (Bucket(start[row]), Group(row));
            if (key != last || cell is null)
            {
                ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, key, out _);
                cell = slot ??= new Cell(_view.Traces);
                last = key;
            }
            cell.Spans++;
            cell.Saw(traces[row]);
            if (statuses[row] == (byte)SpanStatus.Error) cell.Errors++;
            if (duration[row] is var d && d != Fields.Absent) cell.Duration.Add(d);
            if (first[row] is var t && t != Fields.Absent) cell.FirstToken.Add(t);
            if ((flags[row] & (byte)SpanFlags.Billed) != 0) AddUsage(cell, row);
        }
    }

    private void AddUsage(Cell cell, int row)
    {
        cell.Input += Known(_view.Column(NumberField.InputTokens)[row]);
        cell.Output += Known(_view.Column(NumberField.OutputTokens)[row]);
        cell.Total += Known(_view.Column(NumberField.TotalTokens)[row]);
        if (_view.Column(NumberField.CachedTokens)[row] is var cached && cached != Fields.Absent) cell.Cached = (cell.Cached ?? 0) + cached;
        if (_view.Column(NumberField.ReasoningTokens)[row] is var reasoning && reasoning != Fields.Absent) cell.Reasoning = (cell.Reasoning ?? 0) + reasoning;
        if (_view.Column(NumberField.Cost)[row] is var cost && cost != Fields.Absent) cell.Cost = (cell.Cost ?? 0) + cost;
        else cell.Unpriced++;
    }

    private static long Known(long number) => number == Fields.Absent ? 0 : number;

    private long Bucket(long start)
    {
        if (_query.BucketNano is not { } length) return 0;
        var shifted = start - _query.BucketOffsetNano;
        var remainder = shifted % length;
        return start - (remainder < 0 ? remainder + length : remainder);
    }

    private int Group(int row)
    {
        var group = 0;
        foreach (var keys in _groups) group = (group * keys.Count) + keys[row];
        return group;
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

    private sealed class Cell(int traces)
    {
        private int _lastTrace = -1;
        private HashSet<int>? _traces;

        public long Spans;
        public long Errors;
        public long Input;
        public long Output;
        public long Total;
        public long? Cached;
        public long? Reasoning;
        public Int128? Cost;
        public long Unpriced;
        public readonly QuantileSketch Duration = new();
        public readonly QuantileSketch FirstToken = new();

        public void Saw(int trace)
        {
            if (trace == _lastTrace) return;
            _lastTrace = trace;
            (_traces ??= new HashSet<int>(Math.Min(traces, 8))).Add(trace);
        }

        public StatsRow Row() => new()
        {
            Spans = Spans,
            Traces = _traces?.Count ?? 0,
            Errors = Errors,
            Tokens = new TokenSums(Input, Output, Total, Cached, Reasoning),
            Cost = Cost,
            UnpricedSpans = Unpriced,
            Duration = Duration,
            TimeToFirstToken = FirstToken,
        };
    }
}
