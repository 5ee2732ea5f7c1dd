namespace Plumbline.Contracts.Traces;

/// <summary>Which span of a trace is its root, for all who show one.</summary>
public static class TraceRoot
{
    /// <summary>The earliest span without a parent, else the earliest whose parent is not there, else (parents in a circle) the earliest;
    /// spans of unknown start come last, those of one start by id. The trace store names a trace after the same one. Null for a trace
    /// without spans.</summary>
    public static SpanView? Of(IReadOnlyCollection<SpanView> spans)
    {
        var known = spans.Select(s => s.SpanId).ToHashSet(StringComparer.Ordinal);
        return spans
            .OrderBy(s => s.ParentSpanId is null ? 0 : known.Contains(s.ParentSpanId) ? 2 : 1)
            .ThenBy(s => s.StartUnixNano == 0 ? long.MaxValue : s.StartUnixNano)
            .ThenBy(s => s.SpanId, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
