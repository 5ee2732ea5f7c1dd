using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Queries;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Store;

/// <summary>Which traces an erasure or the end of retention concerns.</summary>
internal static class Erasure
{
    /// <summary>Those in which a span names the user.</summary>
    public static async ValueTask<List<TraceId>> TracesOfUserAsync(IReadOnlyList<SegmentView> views, string userId)
    {
        var fields = new FieldSet();
        fields.Add(CodeField.User);
        var predicate = TextPredicate.From(new TextCondition { Eq = userId })!;
        var traces = new List<TraceId>();
        foreach (var view in views)
        {
            await view.LoadAsync(fields, CancellationToken.None).ConfigureAwait(false);
            var rows = SpanPlan.Text(view.Column(CodeField.User), predicate).And(view.LiveSpans);
            var found = new HashSet<int>();
            foreach (var row in rows) found.Add(view.TraceOf[row]);
            foreach (var trace in found) traces.Add(view.TraceIds[trace]);
        }
        return traces;
    }

    /// <summary>Those that started before a time.</summary>
    public static async ValueTask<List<TraceId>> TracesBeforeAsync(IReadOnlyList<SegmentView> views, long unixNano)
    {
        var fields = new FieldSet { TraceRows = true };
        var traces = new List<TraceId>();
        foreach (var view in views)
        {
            if (view.Spans == 0 || view.Bounds.FromUnixNano >= unixNano) continue;
            await view.LoadAsync(fields, CancellationToken.None).ConfigureAwait(false);
            foreach (var trace in view.Column(TraceNumber.Start).Between(long.MinValue, unixNano - 1).And(view.LiveTraces)) traces.Add(view.TraceIds[trace]);
        }
        return traces;
    }
}
