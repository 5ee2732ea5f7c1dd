using System.Security.Cryptography;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Playground.Runs;

/// <summary>Keeps finished runs as traces, the way every other model call is kept, and learns from there what they cost.</summary>
internal sealed class RunRecorder(IEnumerable<ITraceIngest> ingest, IEnumerable<ITraceReader> reader)
{
    private const string Environment = "playground";

    /// <summary>The run with its trace and cost. It stays as it is when traces cannot be kept now.</summary>
    public async Task<PlaygroundRunView> RecordAsync(PlaygroundRunView run, ModelProviderKind kind, DateTimeOffset endedAt)
    {
        if (ingest.FirstOrDefault() is not { } traces) return run;
        var traceId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var body = RunTrace.Write(run, kind, traceId, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), endedAt);
        var outcome = await traces.IngestAsync(new(run.Project, Environment, IngestSignal.Traces, IngestEncoding.Json, body), CancellationToken.None);
        if (outcome.Status != IngestStatus.Accepted || outcome.Accepted == 0) return run;
        var kept = reader.FirstOrDefault() is { } read ? await read.FindTraceAsync(run.Project, traceId, CancellationToken.None) : null;
        return run with { TraceId = traceId, CostUsd = kept?.Trace.CostUsd };
    }
}
