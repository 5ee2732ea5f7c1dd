namespace Plumbline.TraceStore.Tests.Model;

/// <summary>What a store must answer, by lists and loops.</summary>
internal sealed class NaiveStore
{
    private readonly Dictionary<(TraceId, SpanId), SpanRecord> _spans = [];

    public void Append(IEnumerable<SpanRecord> spans)
    {
        foreach (var span in spans)
        {
            var key = (span.TraceId, span.SpanId);
            _spans[key] = _spans.TryGetValue(key, out var known) ? NaiveMerge.Merge(known, span) : span;
        }
    }

    public void Change(Func<SpanRecord, SpanRecord> to)
    {
        foreach (var (key, span) in _spans.ToArray()) _spans[key] = to(span);
    }

    public IReadOnlyList<NaiveTrace> Traces => [.. _spans.Values.GroupBy(s => s.TraceId).Select(g => new NaiveTrace(g))];

    public IReadOnlyList<SpanRecord> Spans => [.. _spans.Values];

    public long Erase(Func<NaiveTrace, bool> which)
    {
        var gone = Traces.Where(which).SelectMany(t => t.Spans).ToArray();
        foreach (var span in gone) _spans.Remove((span.TraceId, span.SpanId));
        return gone.Length;
    }

    /// <summary>All traces that match, in the order of the query.</summary>
    public TraceSummary[] Query(TraceQuery q)
    {
        var matching = Traces.Where(t => q.Hidden?.Contains(t.Summary.TraceId) != true && NaiveFilter.Passes(q.Where, t)).Select(t => t.Summary);
        var ordered = matching.OrderBy(s => Value(s, q.OrderBy)).ThenBy(s => s.TraceId).ToArray();
        if (!q.Ascending) Array.Reverse(ordered);
        return ordered;
    }

    public SpanRecord[] Query(SpanQuery q)
    {
        var matching = _spans.Values.Where(s => q.Hidden?.Contains(s.TraceId) != true && NaiveFilter.Passes(q.Where, s));
        var ordered = matching.OrderBy(s => s.StartUnixNano).ThenBy(s => s.TraceId).ThenBy(s => s.SpanId).ToArray();
        if (!q.Ascending) Array.Reverse(ordered);
        return ordered;
    }

    private static long Value(TraceSummary s, TraceSort order) => order switch
    {
        TraceSort.StartTime => s.StartUnixNano,
        TraceSort.Duration => s.DurationNano,
        TraceSort.Cost => s.Cost ?? long.MinValue,
        _ => s.Tokens.Total,
    };
}
