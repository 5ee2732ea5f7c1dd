using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>The spans of a trace in which somebody judged it already: evaluators, and what they called.</summary>
internal static class EvaluatorSpans
{
    /// <summary>Their ids.</summary>
    public static IReadOnlySet<string> In(IReadOnlyCollection<SpanView> spans)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(spans.Where(s => s.Kind == SpanKind.Evaluator).Select(s => s.SpanId));
        if (waiting.Count == 0) return found;
        var children = spans.Where(s => s.ParentSpanId is not null).ToLookup(s => s.ParentSpanId!, s => s.SpanId, StringComparer.Ordinal);
        while (waiting.TryPop(out var spanId))
            if (found.Add(spanId))
                foreach (var child in children[spanId]) waiting.Push(child);
        return found;
    }
}
