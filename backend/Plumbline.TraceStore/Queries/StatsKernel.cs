using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Queries;

/// <summary>Sums the spans of one segment by bucket and group. Rows are taken trace by trace, so that distinct traces are counted by looking at the one
/// before.</summary>
internal sealed class StatsKernel
{
    private readonly SegmentView _view;
    private readonly StatsQuery _query;
    private readonly GroupSet _groups;
    private readonly Dictionary<(long Bucket, int Group), StatsCell> _cells = [];
    private StatsCell?[] _ofBucket = [];
    private long _bucketStart = long.MinValue;
    private long _bucketEnd = long.MinValue;

    public StatsKernel(SegmentView view, StatsQuery query)
    {
        (_view, _query) = (view, query);
        _groups = new GroupSet([.. query.GroupBy.Select(g => GroupKeys.Of(g, view))]);
    }

    public List<StatsRow> Run(Bitmap rows)
    {
        var columns = new StatsColumns(_view);
        var traces = _view.TraceOf;
        if (_view is HeadView)
        {
            foreach (var row in ByTrace(rows)) Add(row, traces[row], columns);
        }
        else
        {
            foreach (var row in rows) Add(row, traces[row], columns);
        }
        var sums = new List<StatsRow>(_cells.Count);
        foreach (var (key, cell) in _cells) sums.Add(cell.Row(_query.BucketNano is null ? null : key.Bucket, _groups.Texts(key.Group)));
        sums.Sort(StatsOrder.Compare);
        return sums;
    }

    private void Add(int row, int trace, StatsColumns columns) => CellOf(columns.Start[row], row).Add(row, trace, columns);

    private StatsCell CellOf(long start, int row)
    {
        var group = _groups[row];
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
            _bucketStart = StatsOrder.BucketOf(start, _query);
            _bucketEnd = _bucketStart + length;
        }
        if (_groups.Count > 4096) return;
        if (_ofBucket.Length == 0) _ofBucket = new StatsCell?[_groups.Count];
        else _ofBucket.AsSpan().Clear();
    }

    private StatsCell Find(int group)
    {
        if (!_cells.TryGetValue((_bucketStart, group), out var cell)) _cells[(_bucketStart, group)] = cell = new StatsCell();
        return cell;
    }

    // Rows in the order of their traces, by counting.
    private int[] ByTrace(Bitmap rows)
    {
        var next = new int[_view.Traces + 1];
        var traces = _view.TraceOf;
        foreach (var row in rows) next[traces[row] + 1]++;
        for (var trace = 0; trace < _view.Traces; trace++) next[trace + 1] += next[trace];
        var ordered = new int[next[^1]];
        foreach (var row in rows) ordered[next[traces[row]]++] = row;
        return ordered;
    }
}
