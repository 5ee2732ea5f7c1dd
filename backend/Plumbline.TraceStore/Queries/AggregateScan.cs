using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="StatsQuery"/> for a block by its sums: its cells are added up; the spans of cells at the edges of the range, and of those
/// with spans that do not count, are looked at one by one.</summary>
internal sealed class AggregateScan
{
    private readonly BlockView _view;
    private readonly StatsQuery _query;
    private readonly BlockAggregates _sums;
    private readonly GroupSet _groups;
    private readonly int[] _groupOf;
    private readonly int[] _next;
    private readonly StatsCell _sum = new();
    private readonly List<StatsRow> _rows = [];
    private CellRows _scanned;

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
        var values = new Utf8Dictionary[Columns.Fields.Codes];
        foreach (var field in BlockAggregates.Texts)
        {
            values[(int)field] = await view.Block.DictionaryAsync(field, ct).ConfigureAwait(false);
            if (!sums.Fits(field, values[(int)field].Count)) throw new BlockCorruptedException(view.Block.Name, 0, "its sums name texts that it does not have");
        }
        var groups = new GroupSet([.. query.GroupBy.Select(g => GroupKeys.Of(g, sums, g == GroupField.Kind ? default : values[(int)GroupKeys.CodeOf(g)]))]);
        var scan = new AggregateScan(view, query, sums, groups, AggregateFilter.Accepted(query.Where, sums, f => values[(int)f]));
        return await scan.RunAsync(fields, ct).ConfigureAwait(false);
    }

    private static bool Covers(GroupField field) =>
        field is GroupField.Name or GroupField.Model or GroupField.Environment or GroupField.Provider or GroupField.Kind;

    private async ValueTask<List<StatsRow>> RunAsync(FieldSet fields, CancellationToken ct)
    {
        var uncounted = await _view.UncountedAsync(_query.Hidden, ct).ConfigureAwait(false);
        var edges = Edges();
        if (uncounted is not null || edges is not null)
        {
            await _view.LoadAsync(fields, ct).ConfigureAwait(false);
            var cellOf = await _view.Block.CellsAsync(_sums, ct).ConfigureAwait(false);
            _scanned = new CellRows(_view, cellOf, edges ?? new bool[_sums.Cells], uncounted, _query.Range);
        }
        Sum(ct);
        _rows.Sort(StatsOrder.Compare);
        return _rows;
    }

    // Cells that the range cuts through; null when there are none.
    private bool[]? Edges()
    {
        bool[]? edges = null;
        foreach (var bucket in _sums.Buckets)
        {
            if (IsOutside(bucket) || IsInside(bucket)) continue;
            (edges ??= new bool[_sums.Cells]).AsSpan(bucket.From, bucket.To - bucket.From).Fill(true);
        }
        return edges;
    }

    private bool IsInside(BucketCells bucket)
    {
        var (first, last) = AggregateResolution.Bounds(bucket.Bucket, _sums.Seconds);
        return Math.Max(first, _view.Bounds.FromUnixNano) >= _query.Range.FromUnixNano && Math.Min(last, _view.Bounds.ToUnixNano) < _query.Range.ToUnixNano;
    }

    private bool IsOutside(BucketCells bucket)
    {
        var (first, last) = AggregateResolution.Bounds(bucket.Bucket, _sums.Seconds);
        return last < _query.Range.FromUnixNano || first >= _query.Range.ToUnixNano;
    }

    // One bucket of the query after the other: its cells are strung together by group.
    private void Sum(CancellationToken ct)
    {
        var marks = new TraceMarks(new int[_view.Traces]);
        var columns = _scanned.Any ? new StatsColumns(_view) : null;
        var first = new Dictionary<int, int>();
        var now = long.MinValue;
        foreach (var bucket in _sums.Buckets)
        {
            if (IsOutside(bucket)) continue;
            var own = QueryBucketOf(bucket);
            if (own != now) Flush(ref marks);
            now = own;
            for (var cell = bucket.From; cell < bucket.To; cell++)
            {
                var group = _groupOf[_sums.GroupOf(cell)];
                if (group < 0) continue;
                ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(first, group, out var known);
                _next[cell] = known ? last : -1;
                last = cell;
            }
        }
        Flush(ref marks);

        void Flush(ref TraceMarks marks)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var (group, cell) in first) Sum(now, group, cell, columns, ref marks);
            first.Clear();
        }
    }

    private void Sum(long bucket, int group, int first, StatsColumns? columns, ref TraceMarks marks)
    {
        marks.Next();
        var sum = _sum;
        sum.Clear();
        for (var cell = first; cell >= 0; cell = _next[cell])
        {
            if (columns is null || !_scanned.Holds(cell)) _sums.Add(cell, sum, ref marks);
            else _scanned.Add(cell, sum, columns, ref marks);
        }
        if (sum.Spans == 0) return;
        sum.Traces = marks.Count;
        _rows.Add(sum.Row(_query.BucketNano is null ? null : bucket, _groups.Texts(group)));
    }

    private long QueryBucketOf(BucketCells bucket) =>
        _query.BucketNano is null ? 0 : StatsOrder.BucketOf(AggregateResolution.Bounds(bucket.Bucket, _sums.Seconds).First, _query);
}
