using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>The rows of a segment that an asker may know of.</summary>
internal static class Scope
{
    /// <summary>Live traces without the hidden ones. Fresh: the caller may change it.</summary>
    public static async ValueTask<Bitmap> TracesAsync(SegmentView view, IReadOnlySet<TraceId>? hidden, CancellationToken cancellationToken)
    {
        var traces = view.LiveTraces.Copy();
        if (hidden is null) return traces;
        foreach (var id in hidden)
        {
            var trace = await view.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (trace >= 0) traces.Clear(trace);
        }
        return traces;
    }

    /// <summary>Live spans without those of hidden traces. Fresh: the caller may change it.</summary>
    public static async ValueTask<Bitmap> SpansAsync(SegmentView view, IReadOnlySet<TraceId>? hidden, CancellationToken cancellationToken)
    {
        var spans = view.LiveSpans.Copy();
        if (hidden is null) return spans;
        var rows = new List<int>();
        foreach (var id in hidden)
        {
            var trace = await view.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (trace < 0) continue;
            rows.Clear();
            view.SpansOf(trace, rows);
            foreach (var row in rows) spans.Clear(row);
        }
        return spans;
    }

    /// <summary>Whether spans that start in the range can be in the segment.</summary>
    public static bool Overlaps(this SegmentView view, NanoRange? range) =>
        view.Spans > 0 && (range is not { } r || (view.Bounds.FromUnixNano < r.ToUnixNano && view.Bounds.ToUnixNano >= r.FromUnixNano));
}
