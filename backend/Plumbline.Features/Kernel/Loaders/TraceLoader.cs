using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Traces with their spans, those of an answer together. Callers have passed the permission check.</summary>
internal sealed class TraceLoader(ITraceReader traces) : BatchLoader<(ProjectKey Project, string TraceId), TraceDetail>
{
    /// <summary>Traces may be large: so many travel at once.</summary>
    protected override int MaxBatchSize => 100;

    public Task<TraceDetail?> LoadAsync(ProjectKey project, string traceId) => LoadAsync((project, traceId));

    protected override async Task<IReadOnlyDictionary<(ProjectKey Project, string TraceId), TraceDetail>> LoadBatchAsync(
        IReadOnlyList<(ProjectKey Project, string TraceId)> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ProjectKey, string), TraceDetail>();
        foreach (var project in keys.GroupBy(k => k.Project, k => k.TraceId))
        {
            foreach (var trace in await traces.FindTracesAsync(project.Key, [.. project], cancellationToken)) found[(project.Key, trace.Trace.TraceId)] = trace;
        }
        return found;
    }
}
