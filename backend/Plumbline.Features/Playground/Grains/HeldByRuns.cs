using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Playground.Runs;

namespace Plumbline.Features.Playground.Grains;

/// <summary>The runs of the playground that left traces. A trace names its run; the run itself knows whether that is true.</summary>
internal sealed class HeldByRuns(RunDirectory runs, ITraceReader traces) : ITraceHolder
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    public HeldThing Thing => HeldThing.PlaygroundRun;

    /// <summary>A run needs its trace no more once it is over.</summary>
    public ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken) => ValueTask.FromResult(None);

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var traceId in traceIds)
        {
            if (await traces.FindTraceAsync(project, traceId, cancellationToken) is not { } trace) continue;
            foreach (var runId in trace.Spans.Select(RunOf).OfType<string>().Where(RandomId.IsWellFormed))
                if (await runs.Run(project, runId).EraseAsync(traceId)) erased++;
        }
        return erased;
    }

    private static string? RunOf(SpanView span)
    {
        if (span.AttributesJson?.Contains(RunTrace.RunIdAttribute, StringComparison.Ordinal) != true) return null;
        using var attributes = JsonDocument.Parse(span.AttributesJson);
        return attributes.RootElement.TryGetProperty(RunTrace.RunIdAttribute, out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }
}
