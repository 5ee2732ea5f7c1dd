using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Http;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Otlp;

namespace Plumbline.Features.Traces.Transport;

/// <summary>OTLP over HTTP: reads, asks for the key, passes on, and answers in the encoding of the request.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp</remarks>
internal static class OtlpEndpoints
{
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/v1/traces", http => HandleAsync(http, IngestSignal.Traces)).WithMetadata(new UnlimitedBody());
        endpoints.MapPost("/v1/logs", http => HandleAsync(http, IngestSignal.Logs)).WithMetadata(new UnlimitedBody());
    }

    private static async Task HandleAsync(HttpContext http, IngestSignal signal)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<TracesOptions>>().Value;
        var metrics = http.RequestServices.GetRequiredService<IngestMetrics>();
        if (EncodingOf(http.Request.ContentType) is not { } encoding)
        {
            metrics.Refused(signal, IngestMetrics.UnsupportedType);
            await Answers.RefuseAsync(
                http, OtlpEncoding.Json, StatusCodes.Status415UnsupportedMediaType,
                "Send OTLP as application/x-protobuf or application/json.");
            return;
        }
        try
        {
            var key = await IngestKey.RequireAsync(http);
            using var body = await RequestBody.ReadAsync(http.Request, options, http.RequestAborted);
            var request = new IngestRequest(
                key.Project, key.Environment, signal, encoding == OtlpEncoding.Json ? IngestEncoding.Json : IngestEncoding.Protobuf,
                body.Bytes);
            var outcome = await http.RequestServices.GetRequiredService<ITraceIngest>().IngestAsync(request, http.RequestAborted);
            await Answers.WriteAsync(http, signal, encoding, outcome, options.RetryAfter);
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true } refused)
        {
            metrics.Refused(signal, refused.Code);
            await Answers.LaterAsync(http, encoding, StatusCodes.Status503ServiceUnavailable, refused.Message, options.RetryAfter);
        }
        catch (RequestFailedException e)
        {
            metrics.Refused(signal, e.Code);
            await Answers.RefuseAsync(http, encoding, FailureResponse.StatusOf(e.Code), e.Message);
        }
        catch (UnsupportedEncodingException e)
        {
            metrics.Refused(signal, IngestMetrics.UnsupportedType);
            await Answers.RefuseAsync(http, encoding, StatusCodes.Status415UnsupportedMediaType, e.Message);
        }
    }

    private static OtlpEncoding? EncodingOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/x-protobuf" or "application/protobuf" => OtlpEncoding.Protobuf,
        "application/json" => OtlpEncoding.Json,
        _ => null,
    };

    // The body is limited where it is read, so that the refusal is OTLP's own.
    private sealed class UnlimitedBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
