using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Reads one trace whole.</summary>
internal static class TraceLookup
{
    public static async ValueTask<TraceData?> FindAsync(IReadOnlyList<SegmentView> views, TraceId id, CancellationToken cancellationToken)
    {
        var fields = new FieldSet { TraceRows = true };
        foreach (var view in views)
        {
            var trace = await view.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (trace < 0 || !view.LiveTraces[trace]) continue;
            await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
            var summary = await Summaries.ReadAsync(view, trace, cancellationToken).ConfigureAwait(false);
            return new TraceData(summary, await SpansAsync(view, trace, cancellationToken).ConfigureAwait(false));
        }
        return null;
    }

    private static async ValueTask<SpanRecord[]> SpansAsync(SegmentView view, int trace, CancellationToken cancellationToken)
    {
        var rows = new List<int>();
        view.SpansOf(trace, rows);
        var spans = new SpanRecord[rows.Count];
        for (var i = 0; i < spans.Length; i++)
        {
            var record = await view.RecordAsync(rows[i], cancellationToken).ConfigureAwait(false);
            spans[i] = SpanRecord.From(new SpanReader(record.Span));
        }
        Array.Sort(spans, static (x, y) => x.StartUnixNano != y.StartUnixNano ? x.StartUnixNano.CompareTo(y.StartUnixNano) : x.SpanId.CompareTo(y.SpanId));
        return spans;
    }
}
