using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="TraceQuery"/>.</summary>
internal static class TraceScan
{
    public static async ValueTask<TracePage> RunAsync(
        IReadOnlyList<SegmentView> views, TraceQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        Check(query.First, options);
        var list = (byte)((int)query.OrderBy * 2 + (query.Ascending ? 1 : 0));
        var top = new TopRows(query.First + 1, query.Ascending, query.After is null ? null : Cursor.Parse(query.After, list));
        var scan = new PageScan(top, query.WantTotalCount ? options.MaxExactCount : -1);
        var fields = new FieldSet();
        TracePlan.Fields(query.Where, ref fields);
        var number = NumberOf(query.OrderBy);
        var asked = Ordered(views, query).Where(view => view.Overlaps(query.Where?.Range) && (scan.Counts || CanContribute(view, query, top)));
        var hesitant = !scan.Counts && query.OrderBy == TraceSort.StartTime;
        var read = ReadAhead.RunAsync(asked, view => ReadAsync(view, fields, query, cancellationToken), hesitant, cancellationToken);
        await foreach (var (view, test, scope) in read.ConfigureAwait(false))
        {
            // What was read ahead may have become needless.
            if (!scan.Counts && !CanContribute(view, query, top)) continue;
            var numbers = view.Column(number);
            var sorted = view is BlockView && query.OrderBy == TraceSort.StartTime;
            await scan.AddAsync(
                view, scope, test, sorted, row => new Cursor(numbers[row], view.TraceIds[row], default), cancellationToken).ConfigureAwait(false);
        }
        return await PageAsync(top, query.First, scan.Total, list, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<(SegmentView View, RowTest Test, Bitmap Scope)> ReadAsync(
        SegmentView view, FieldSet fields, TraceQuery query, CancellationToken cancellationToken)
    {
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var test = await TracePlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
        return (view, test, await Scope.TracesAsync(view, query.Hidden, cancellationToken).ConfigureAwait(false));
    }

    internal static void Check(int first, SpanStoreOptions options)
    {
        if (first < 1 || first > options.MaxPageSize) throw new InvalidQueryException($"A page holds 1 to {options.MaxPageSize} rows; {first} were asked for.");
    }

    // Where the answer is ordered by start, segments that lie nearest to its beginning come first, so that the others need no look.
    private static IEnumerable<SegmentView> Ordered(IReadOnlyList<SegmentView> views, TraceQuery query)
    {
        if (query.OrderBy != TraceSort.StartTime) return views;
        return query.Ascending ? views.OrderBy(v => v.Bounds.FromUnixNano) : views.OrderByDescending(v => v.Bounds.ToUnixNano);
    }

    private static bool CanContribute(SegmentView view, TraceQuery query, TopRows top) =>
        query.OrderBy != TraceSort.StartTime || top.TakesValue(query.Ascending ? view.Bounds.FromUnixNano : view.Bounds.ToUnixNano);

    private static async ValueTask<TracePage> PageAsync(TopRows top, int first, int? total, byte list, CancellationToken cancellationToken)
    {
        var hits = new List<TraceHit>(Math.Min(first, top.Rows.Count));
        foreach (var (at, view, row) in top.Rows.Take(first))
        {
            hits.Add(new TraceHit(await Summaries.ReadAsync(view, row, cancellationToken).ConfigureAwait(false), at.Format(list)));
        }
        return new TracePage(hits, top.Rows.Count > first, total);
    }

    private static TraceNumber NumberOf(TraceSort order) => order switch
    {
        TraceSort.StartTime => TraceNumber.Start,
        TraceSort.Duration => TraceNumber.Duration,
        TraceSort.Cost => TraceNumber.Cost,
        TraceSort.TotalTokens => TraceNumber.TotalTokens,
        _ => throw new InvalidQueryException("This order is not known."),
    };
}
