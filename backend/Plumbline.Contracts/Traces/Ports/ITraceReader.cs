using Plumbline.Contracts.Reviews;

namespace Plumbline.Contracts.Traces;

/// <summary>How other slices read traces. Callers have passed the permission check; blinding is theirs to bring where it matters.</summary>
public interface ITraceReader
{
    /// <summary>A trace with its spans, or null.</summary>
    ValueTask<TraceDetail?> FindTraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken);

    /// <summary>A trace with its spans once all of it is stored whose storing had begun, or null: what of it is fixed by now, see
    /// <see cref="IJudgedSpans"/>, stays as it is told here.</summary>
    ValueTask<TraceDetail?> FindSettledTraceAsync(ProjectKey project, string traceId, CancellationToken cancellationToken);

    /// <summary>A trace as whoever is still to judge an output of it may see it: without the spans, events and attributes that say what evaluators found,
    /// and with the figures of what is left. Null when there is no such trace, and when nothing is left of it.</summary>
    ValueTask<TraceDetail?> FindTraceWithoutScoresAsync(ProjectKey project, string traceId, CancellationToken cancellationToken);

    /// <summary>The traces that there are of those asked for, in any order, each once.</summary>
    ValueTask<IReadOnlyList<TraceDetail>> FindTracesAsync(ProjectKey project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>A span, or null.</summary>
    ValueTask<SpanView?> FindSpanAsync(ProjectKey project, SpanReference span, CancellationToken cancellationToken);

    ValueTask<Page<TraceView>> TracesAsync(ProjectKey project, TracePageQuery query, CancellationToken cancellationToken);

    ValueTask<Page<SpanView>> SpansAsync(ProjectKey project, SpanPageQuery query, CancellationToken cancellationToken);

    ValueTask<Page<SessionView>> SessionsAsync(ProjectKey project, SessionPageQuery query, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<FacetValue>> FacetsAsync(ProjectKey project, FacetValuesQuery query, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<StatsPart>> StatsAsync(ProjectKey project, SpanStatsQuery query, CancellationToken cancellationToken);

    /// <summary>Traces that match, a moment after they came or changed, until cancelled. Watching begins with the first step.</summary>
    IAsyncEnumerable<TraceView> WatchAsync(ProjectKey project, TraceFilter? where, CancellationToken cancellationToken);
}
