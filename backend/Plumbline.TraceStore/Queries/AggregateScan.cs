namespace Plumbline.TraceStore;

/// <summary>Answers <see cref="StatsQuery"/> for a block by its sums: whole buckets are added up; buckets at the edges of the range, and those with spans that do not count, are scanned.</summary>
internal sealed class AggregateScan
{
    private readonly BlockView _view;
    private readonly StatsQuery _query;
    private readonly BlockAggregates _sums;
    private readonly GroupSet _groups;
    private readonly int[] _groupOf;
    private readonly int[] _next;
    private readonly List<StatsRow> _rows = [];

    private AggregateScan(BlockView view, StatsQuery query, BlockAggregates sums, GroupSet groups, bool[] accepted)
    {
        (_view, _query, _sums, _groups) = (view, query, sums, groups);
        _groupOf = new int[sums.Groups];
        for (var group = 0; group < _groupOf.Length; group++) _groupOf[group] = accepted[group] ? groups[group] : -1;
        _next = new int[sums.Cells];
    }

    /// <summary>What the block adds to the answer, in order; null when its sums do not help.</summary>
    /// <param name="view">The block.</param>
    /// <param name="query">The question.</param>
    /// <param name="fields">Columns to load where rows are looked at.</param>
    /// <param name="ct">Cancels reading.</param>
    public static async ValueTask<List<StatsRow>?> TryAsync(BlockView view, StatsQuery query, FieldSet fields, CancellationToken ct)
    {
        if (!query.GroupBy.All(Covers) || !AggregateFilter.Covers(query.Where)) return null;
        if (await view.Block.AggregatesAsync(ct).ConfigureAwait(false) is not { } sums || !AggregateResolution.Divides(sums.Seconds, query)) return null;
        var values = new Utf8Dictionary[TraceStore.Fields.Codes];
        foreach (var field in BlockAggregates.Texts)
        {
            values[(int)field] = await view.Block.DictionaryAsync(field, ct).ConfigureAwait(false);
            if (!sums.Fits(field, values[(int)field].Count)) throw new BlockCorruptedException(view.Block.Name, 0, "its sums name texts that it does not have");
        }
        var groups = new GroupSet([.. query.GroupBy.Select(g => GroupKeys.Of(g, sums, g == FacetField.Kind ? default : values[(int)GroupKeys.CodeOf(g)]))]);
        var scan = new AggregateScan(view, query, sums, groups, AggregateFilter.Accepted(query.Where, sums, f => values[(int)f]));
        return await scan.RunAsync(fields, ct).ConfigureAwait(false);
    }

    private static bool Covers(FacetField field) => field is FacetField.Name or FacetField.Model or FacetField.Environment or FacetField.Provider or FacetField.Kind;

    private async ValueTask<List<StatsRow>> RunAsync(FieldSet fields, CancellationToken ct)
    {
        var scanned = await ScannedAsync(ct).ConfigureAwait(false);
        Dictionary<long, List<(int Group, int Row)>> rows = [];
        if (scanned.Count > 0)
        {
            await _view.LoadAsync(fields, ct).ConfigureAwait(false);
            rows = await RowsAsync(scanned, ct).ConfigureAwait(false);
        }
        Sum(scanned, rows, ct);
        _rows.Sort(StatsOrder.Compare);
        return _rows;
    }

    // Buckets that the sums do not answer for.
    private async ValueTask<HashSet<long>> ScannedAsync(CancellationToken ct)
    {
        var hidden = await _view.HiddenAsync(_query.Exclude, ct).ConfigureAwait(false);
        var scanned = new HashSet<long>();
        for (var cell = 0; cell < _sums.Cells; cell++)
        {
            var bucket = _sums.BucketOf(cell);
            if (scanned.Contains(bucket) || IsOutside(bucket)) continue;
            if (!IsInside(bucket) || (hidden is not null && _sums.Touches(cell, hidden))) scanned.Add(bucket);
        }
        return scanned;
    }

    private bool IsInside(long bucket)
    {
        var (first, last) = AggregateResolution.Bounds(bucket, _sums.Seconds);
        return Math.Max(first, _view.Bounds.FromUnixNano) >= _query.Range.FromUnixNano && Math.Min(last, _view.Bounds.ToUnixNano) < _query.Range.ToUnixNano;
    }

    private bool IsOutside(long bucket)
    {
        var (first, last) = AggregateResolution.Bounds(bucket, _sums.Seconds);
        return last < _query.Range.FromUnixNano || first >= _query.Range.ToUnixNano;
    }

    private async ValueTask<Dictionary<long, List<(int Group, int Row)>>> RowsAsync(HashSet<long> scanned, CancellationToken ct)
    {
        var groups = new GroupSet([.. _query.GroupBy.Select(g => GroupKeys.Of(g, _view))]);
        var test = await SpanPlan.BuildAsync(_query.Where, _view, ct).ConfigureAwait(false);
        var starts = _view.Column(NumberField.Start);
        var candidates = (await Scope.SpansAsync(_view, _query.Exclude, ct).ConfigureAwait(false)).And(test.Upper);
        var rows = new Dictionary<long, List<(int Group, int Row)>>();
        // Rows come nearly in the order of time: most fall into the bucket of the row before.
        var (first, last, wanted) = (1L, 0L, false);
        foreach (var row in candidates)
        {
            var start = starts[row];
            if (start < first || start > last)
            {
                var own = AggregateResolution.BucketOf(start, _sums.Seconds);
                (first, last) = AggregateResolution.Bounds(own, _sums.Seconds);
                wanted = scanned.Contains(own);
            }
            if (!wanted || start < _query.Range.FromUnixNano || start >= _query.Range.ToUnixNano) continue;
            var bucket = QueryBucket(start);
            if (!rows.TryGetValue(bucket, out var list)) rows[bucket] = list = [];
            list.Add((groups[row], row));
        }
        return rows;
    }

    // One bucket of the query after the other: its cells and rows are strung together by group.
    private void Sum(HashSet<long> scanned, Dictionary<long, List<(int Group, int Row)>> rows, CancellationToken ct)
    {
        var marks = new TraceMarks(new int[_view.Traces]);
        var first = new Dictionary<int, int>();
        for (var from = 0; from < _sums.Cells;)
        {
            ct.ThrowIfCancellationRequested();
            var bucket = QueryBucketOf(from);
            first.Clear();
            for (; from < _sums.Cells && QueryBucketOf(from) == bucket; from++)
            {
                var group = _groupOf[_sums.GroupOf(from)];
                if (group < 0 || scanned.Contains(_sums.BucketOf(from)) || IsOutside(_sums.BucketOf(from))) continue;
                _next[from] = first.GetValueOrDefault(group, -1);
                first[group] = from;
            }
            rows.TryGetValue(bucket, out var scannedRows);
            Sum(bucket, first, scannedRows ?? [], ref marks);
        }
    }

    private void Sum(long bucket, Dictionary<int, int> first, List<(int Group, int Row)> rows, ref TraceMarks marks)
    {
        rows.Sort();
        foreach (var (group, _) in rows) first.TryAdd(group, -1);
        var columns = rows.Count > 0 ? new StatsColumns(_view) : null;
        var at = 0;
        foreach (var group in first.Keys.Order())
        {
            marks.Next();
            var cell = new StatsCell();
            for (var i = first[group]; i >= 0; i = _next[i]) _sums.Add(i, cell, ref marks);
            for (; at < rows.Count && rows[at].Group == group; at++)
            {
                cell.AddSpan(rows[at].Row, columns!);
                marks.Mark(_view.TraceOf[rows[at].Row]);
            }
            cell.Traces = marks.Count;
            _rows.Add(cell.Row(_query.BucketNano is null ? null : bucket, _groups.Texts(group)));
        }
    }

    private long QueryBucketOf(int cell) => QueryBucket(AggregateResolution.Bounds(_sums.BucketOf(cell), _sums.Seconds).First);

    private long QueryBucket(long start) => _query.BucketNano is null ? 0 : StatsOrder.BucketOf(start, _query);
}
