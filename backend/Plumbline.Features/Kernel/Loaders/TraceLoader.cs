using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Traces with their spans, those of an answer together. Callers have passed the permission check.</summary>
internal sealed class TraceLoader(ITraceReader traces) : BatchLoader<(ProjectKey Project, string TraceId, bool WithoutScores), TraceDetail>
{
    /// <summary>Traces may be large: so many travel at once.</summary>
    protected override int MaxBatchSize => 100;

    public Task<TraceDetail?> LoadAsync(ProjectKey project, string traceId) => LoadAsync((project, traceId, false));

    /// <summary>The spans of a trace, with as much of them as its figures need.</summary>
    public Task<TraceDetail?> LoadAsync(TraceView trace) => LoadAsync((trace.Project, trace.TraceId, trace.ScoresHidden));

    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId, bool WithoutScores), TraceDetail>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId, bool WithoutScores)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string, bool), TraceDetail>();
        foreach (var project in keys.Where(k => !k.WithoutScores).GroupBy(k => k.Project, k => k.TraceId))
        {
            foreach (var trace in await traces.FindTracesAsync(project.Key, [.. project], cancellationToken))
                found[(project.Key, trace.Trace.TraceId, false)] = trace;
        }
        // One is opened at a time, so these are one or two.
        foreach (var key in keys.Where(k => k.WithoutScores))
            if (await traces.FindTraceWithoutScoresAsync(key.Project, key.TraceId, cancellationToken) is { } trace) found[key] = trace;
        return found;
    }
}
