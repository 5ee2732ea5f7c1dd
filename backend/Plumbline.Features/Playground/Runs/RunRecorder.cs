using System.Security.Cryptography;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.TraceStore;

namespace Plumbline.Features.Playground.Runs;

/// <summary>Keeps finished runs as traces, the way every other model call is kept, and learns from there what they cost.</summary>
internal sealed class RunRecorder(ITraceIngest ingest, ITraceReader traces, ITraceOpenings openings)
{
    private const string Environment = "playground";

    /// <summary>The run with its trace and cost. It stays as it is when traces cannot be kept now.</summary>
    public async Task<PlaygroundRunView> RecordAsync(PlaygroundRunView run, ModelProviderKind kind, DateTimeOffset endedAt)
    {
        var traceId = RandomNumberGenerator.GetHexString(TraceId.Size * 2, lowercase: true);
        var spanId = SpanId.Read(RandomNumberGenerator.GetBytes(SpanId.Size));
        var body = RunTrace.Write(run, kind, TraceId.Parse(traceId), spanId, endedAt);
        var outcome = await ingest.IngestAsync(new(run.Project, Environment, IngestSignal.Traces, IngestEncoding.Protobuf, body), CancellationToken.None);
        if (outcome.Status != IngestStatus.Accepted || outcome.Accepted == 0) return run;
        if (run.ReadBy is { } person)
            await openings.RecordAsync(run.Project, person, [traceId], SeenKind.Opened, CancellationToken.None);
        var kept = await traces.FindTraceAsync(run.Project, traceId, CancellationToken.None);
        return run with { TraceId = traceId, CostUsd = kept?.Trace.CostUsd };
    }
}
