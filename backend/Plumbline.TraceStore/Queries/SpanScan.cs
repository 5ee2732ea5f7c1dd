using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="SpanQuery"/>.</summary>
internal static class SpanScan
{
    private const byte List = 16;

    public static async ValueTask<SpanPage> RunAsync(
        IReadOnlyList<SegmentView> views, SpanQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        TraceScan.Check(query.First, options);
        var list = (byte)(List + (query.Ascending ? 1 : 0));
        var top = new TopRows(query.First + 1, query.Ascending, query.After is null ? null : Cursor.Parse(query.After, list));
        var scan = new PageScan(top, query.WantTotalCount ? options.MaxExactCount : -1);
        var fields = new FieldSet { SpanIds = true };
        SpanPlan.Fields(query.Where, ref fields);
        fields.Add(NumberField.Start);
        var ordered = query.Ascending ? views.OrderBy(v => v.Bounds.FromUnixNano) : views.OrderByDescending(v => v.Bounds.ToUnixNano);
        var asked = ordered.Where(view => view.Overlaps(query.Where?.Range) && (scan.Counts || CanContribute(view)));
        var read = ReadAhead.RunAsync(asked, view => ReadAsync(view, fields, query, cancellationToken), hesitant: !scan.Counts, cancellationToken);
        await foreach (var (view, test, scope) in read.ConfigureAwait(false))
        {
            // What was read ahead may have become needless.
            if (!scan.Counts && !CanContribute(view)) continue;
            var starts = view.Column(NumberField.Start);
            Cursor Of(int row) => new(starts[row], view.TraceIds[view.TraceOf[row]], view.SpanIds[row]);
            await scan.AddAsync(view, scope, test, sorted: false, Of, cancellationToken).ConfigureAwait(false);
        }
        var hits = new List<SpanHit>(Math.Min(query.First, top.Rows.Count));
        foreach (var (at, view, row) in top.Rows.Take(query.First))
        {
            var record = await view.RecordAsync(row, cancellationToken).ConfigureAwait(false);
            hits.Add(new SpanHit(SpanRecord.From(new SpanReader(record.Span)), at.Format(list)));
        }
        return new SpanPage(hits, top.Rows.Count > query.First, scan.Total);

        bool CanContribute(SegmentView view) => top.TakesValue(query.Ascending ? view.Bounds.FromUnixNano : view.Bounds.ToUnixNano);
    }

    private static async ValueTask<(SegmentView View, RowTest Test, Bitmap Scope)> ReadAsync(
        SegmentView view, FieldSet fields, SpanQuery query, CancellationToken cancellationToken)
    {
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var test = await SpanPlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
        return (view, test, await Scope.SpansAsync(view, query.Hidden, cancellationToken).ConfigureAwait(false));
    }
}
