using System.Diagnostics.Metrics;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Http;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>Counts what came in and what was refused. No figure tells one tenant from another.</summary>
internal sealed class IngestMetrics
{
    public const string MeterName = "Plumbline.Ingest";

    /// <summary>Values of <c>error.type</c>.</summary>
    public const string Malformed =
        "malformed", TooManyRequests =
            "too_many_requests", QueueFull = "queue_full", StorageUnavailable = "storage_unavailable", UnsupportedType = "unsupported_media_type",
        RedactionTooLong = "redaction_too_long";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _spans;
    private readonly Counter<long> _records;
    private readonly Counter<long> _size;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("plumbline.ingest.requests", "{request}", "Telemetry requests; error.type says why one was refused.");
        _spans = meter.CreateCounter<long>(
            "plumbline.ingest.spans", "{span}", "Spans by outcome; rejected are those refused one by one from requests that were taken.");
        _records = meter.CreateCounter<long>("plumbline.ingest.log_records", "{record}", "Log records by outcome.");
        _size = meter.CreateCounter<long>("plumbline.ingest.size", "By", "Bytes of accepted requests, decompressed.");
    }

    public void Accepted(IngestRequest request, int accepted, int rejected)
    {
        _requests.Add(1, Signal(request.Signal));
        _size.Add(request.Body.Length, Signal(request.Signal));
        var items = request.Signal == IngestSignal.Traces ? _spans : _records;
        if (accepted > 0) items.Add(accepted, Outcome("accepted"));
        if (rejected > 0) items.Add(rejected, Outcome("rejected"));
    }

    public void Refused(IngestSignal signal, string errorType) => _requests.Add(1, Signal(signal), new("error.type", errorType));

    public void Refused(IngestSignal signal, FailureCode code) =>
        Refused(signal, code == FailureCode.Unavailable ? StorageUnavailable : FailureResponse.Text(code).ToLowerInvariant());

    private static KeyValuePair<string, object?> Signal(IngestSignal signal) => new("plumbline.signal", signal == IngestSignal.Traces ? "traces" : "logs");

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("plumbline.outcome", outcome);
}
