using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Otlp;

namespace Plumbline.Features.Traces.Transport;

/// <summary>OTLP over gRPC.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlpgrpc</remarks>
internal static class GrpcEndpoints
{
    public static void MapOtlpGrpc(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", http => UnaryCall.RunAsync(http, (h, m) => ExportAsync(h, m, IngestSignal.Traces)));
        endpoints.MapPost("/opentelemetry.proto.collector.logs.v1.LogsService/Export", http => UnaryCall.RunAsync(http, (h, m) => ExportAsync(h, m, IngestSignal.Logs)));
    }

    private static async ValueTask<byte[]> ExportAsync(HttpContext http, ReadOnlyMemory<byte> message, IngestSignal signal)
    {
        var key = await KeyAsync(http, signal);
        var outcome = await http.RequestServices.GetRequiredService<ITraceIngest>().IngestAsync(new(key.Project, key.Environment, signal, IngestEncoding.Protobuf, message), http.RequestAborted);
        return outcome.Status switch
        {
            IngestStatus.Accepted => ExportResponse.Accepted(signal == IngestSignal.Traces ? OtlpSignal.Traces : OtlpSignal.Logs, OtlpEncoding.Protobuf, outcome.Rejected, outcome.Message),
            IngestStatus.Malformed => throw new GrpcException(GrpcStatus.InvalidArgument, outcome.Message),
            // Senders drop what is RESOURCE_EXHAUSTED unless they are told when to send it again.
            IngestStatus.Overloaded => throw new GrpcException(GrpcStatus.ResourceExhausted, outcome.Message, RetryAfter(http)),
            _ => throw new GrpcException(GrpcStatus.Unavailable, outcome.Message, RetryAfter(http)),
        };
    }

    private static TimeSpan RetryAfter(HttpContext http) => http.RequestServices.GetRequiredService<IOptions<TracesOptions>>().Value.RetryAfter;

    private static async ValueTask<IngestKey> KeyAsync(HttpContext http, IngestSignal signal)
    {
        try
        {
            return await IngestKey.RequireAsync(http);
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true } refused)
        {
            Count(refused.Code);
            throw new GrpcException(GrpcStatus.Unavailable, refused.Message, RetryAfter(http));
        }
        catch (RequestFailedException e)
        {
            Count(e.Code);
            throw new GrpcException(e.Code == FailureCode.Forbidden ? GrpcStatus.PermissionDenied : GrpcStatus.Unauthenticated, e.Message);
        }

        void Count(FailureCode code) => http.RequestServices.GetRequiredService<IngestMetrics>().Refused(signal, code);
    }
}
