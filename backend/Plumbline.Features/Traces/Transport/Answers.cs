using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plumbline.Contracts.Traces;
using Plumbline.Otlp;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Writes the answers of OTLP over HTTP, in the encoding of the request.</summary>
internal static class Answers
{
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unavailable = 14;

    public static Task WriteAsync(HttpContext http, IngestSignal signal, OtlpEncoding encoding, IngestOutcome outcome, TimeSpan retryAfter)
    {
        switch (outcome.Status)
        {
            case IngestStatus.Accepted:
                var which = signal == IngestSignal.Traces ? OtlpSignal.Traces : OtlpSignal.Logs;
                return SendAsync(http, encoding, StatusCodes.Status200OK, ExportResponse.Accepted(which, encoding, outcome.Rejected, outcome.Message));
            case IngestStatus.Malformed: return RefuseAsync(http, encoding, StatusCodes.Status400BadRequest, outcome.Message);
            case IngestStatus.TooExpensive: return RefuseAsync(http, encoding, StatusCodes.Status413PayloadTooLarge, outcome.Message);
            case IngestStatus.Overloaded: return LaterAsync(http, encoding, StatusCodes.Status429TooManyRequests, outcome.Message, retryAfter);
            default: return LaterAsync(http, encoding, StatusCodes.Status503ServiceUnavailable, outcome.Message, retryAfter);
        }
    }

    public static Task RefuseAsync(HttpContext http, OtlpEncoding encoding, int status, string message) =>
        SendAsync(http, encoding, status, ExportResponse.Refused(encoding, Code(status), message));

    public static Task LaterAsync(HttpContext http, OtlpEncoding encoding, int status, string message, TimeSpan after)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return RefuseAsync(http, encoding, status, message);
    }

    private static Task SendAsync(HttpContext http, OtlpEncoding encoding, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = encoding == OtlpEncoding.Json ? "application/json" : "application/x-protobuf";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static int Code(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => 16,
        StatusCodes.Status403Forbidden => 7,
        StatusCodes.Status404NotFound => 5,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => ResourceExhausted,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        _ => InvalidArgument,
    };
}
