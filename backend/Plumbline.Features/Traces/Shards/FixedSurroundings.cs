using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>What of a trace decides which documents reviewers of one of its spans are shown: the spans that retrieved some, when they did, and below what
/// they and the judged span stand, for what evaluators looked up is left out.</summary>
internal sealed class FixedSurroundings
{
    private readonly Dictionary<SpanId, SpanRecord> _stored;
    private readonly HashSet<SpanId> _deciding = [];

    private FixedSurroundings(Dictionary<SpanId, SpanRecord> stored) => _stored = stored;

    /// <summary>Those of a trace.</summary>
    /// <param name="judged">The ids of its spans that reviewers were given.</param>
    public static FixedSurroundings Of(IReadOnlyList<SpanRecord> stored, IReadOnlySet<string> judged)
    {
        var surroundings = new FixedSurroundings(stored.ToDictionary(s => s.SpanId));
        if (!stored.Any(s => s.DocumentsJson is not null)) return surroundings;
        foreach (var span in stored.Where(s => s.DocumentsJson is not null || judged.Contains(s.SpanId.ToString()))) surroundings.AddWithAncestors(span.SpanId);
        return surroundings;
    }

    /// <summary>A span as it may be stored now. None gains documents; where one stands, what it is and when it began stays as it was, and as unknown as it
    /// was, if that decides anything.</summary>
    public SpanRecord Kept(SpanRecord span)
    {
        var kept = span.DocumentsJson is null ? span : span with { DocumentsJson = null };
        if (!_deciding.Contains(span.SpanId)) return kept;
        return _stored.TryGetValue(span.SpanId, out var before)
            ? kept with { ParentSpanId = before.ParentSpanId, Kind = before.Kind, StartUnixNano = before.StartUnixNano }
            : kept with { ParentSpanId = default, Kind = kept.Kind == StoredKind.Evaluator ? StoredKind.Span : kept.Kind };
    }

    // Up to one that has not come yet: whoever sends it would decide what it stands below.
    private void AddWithAncestors(SpanId spanId)
    {
        for (var id = spanId; id != default && _deciding.Add(id);) id = _stored.TryGetValue(id, out var span) ? span.ParentSpanId : default;
    }
}
