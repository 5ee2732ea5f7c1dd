namespace Plumbline.Contracts.Traces;

/// <summary>Takes telemetry in: OTLP bytes from HTTP, gRPC and the playground alike. Callers have passed the permission check.</summary>
public interface ITraceIngest
{
    /// <summary>Decodes and stores a request. Returned once what was accepted is on disk and visible to queries.</summary>
    ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken);
}
