using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Plumbline.Features.Traces.Transport;

/// <summary>A unary gRPC call on Kestrel's HTTP/2, without a gRPC library: one message in, one message out, the status in the trailers.</summary>
/// <remarks>https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md</remarks>
internal static partial class UnaryCall
{
    public static async Task RunAsync(HttpContext http, Func<HttpContext, ReadOnlyMemory<byte>, ValueTask<byte[]>> handle)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) || http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        var (status, message, retryAfter) = await CallAsync(http, handle);
        if (!http.Response.HasStarted && status != GrpcStatus.Ok)
        {
            // Trailers-only: a call that fails before its first byte says so in the headers.
            http.Response.Headers["grpc-status"] = Text(status);
            http.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
            if (retryAfter is { } delay) http.Response.Headers["grpc-status-details-bin"] = GrpcRetryInfo.Encode(status, message, delay);
            return;
        }
        http.Response.AppendTrailer("grpc-status", Text(status));
        if (message.Length > 0) http.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }

    private static async ValueTask<(GrpcStatus Status, string Message, TimeSpan? RetryAfter)> CallAsync(HttpContext http, Func<HttpContext, ReadOnlyMemory<byte>, ValueTask<byte[]>> handle)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<TracesOptions>>().Value;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        using var timer = new CancellationTokenSource(Deadline(http.Request.Headers["grpc-timeout"].ToString()) ?? Timeout.InfiniteTimeSpan, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, timer.Token);
        try
        {
            using var body = await GrpcMessage.ReadAsync(http.Request.BodyReader, http.Request.Headers["grpc-encoding"].ToString(), options, deadline.Token);
            var answer = await handle(http, body.Bytes);
            await WriteAsync(http, answer, deadline.Token);
            return (GrpcStatus.Ok, "", null);
        }
        catch (GrpcException e)
        {
            return (e.Status, e.Message, e.RetryAfter);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            return (GrpcStatus.DeadlineExceeded, "The call took longer than its deadline.", null);
        }
        catch (Exception e) when (e is not OperationCanceledException) // the edge of the server: whatever it was, the sender learns that it failed
        {
            LogFailure(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnaryCall)), e, http.Request.Path);
            return (GrpcStatus.Internal, "The server failed to handle the call.", null);
        }
    }

    private static async ValueTask WriteAsync(HttpContext http, byte[] answer, CancellationToken cancellationToken)
    {
        var writer = http.Response.BodyWriter;
        var frame = writer.GetSpan(GrpcMessage.FrameBytes);
        frame[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], (uint)answer.Length);
        writer.Advance(GrpcMessage.FrameBytes);
        writer.Write(answer);
        await writer.FlushAsync(cancellationToken);
    }

    private static string Text(GrpcStatus status) => ((int)status).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan? Deadline(string header)
    {
        if (header.Length is < 2 or > 9 || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)) return null;
        TimeSpan? span = header[^1] switch
        {
            'H' => TimeSpan.FromHours(amount),
            'M' => TimeSpan.FromMinutes(amount),
            'S' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            'n' => TimeSpan.FromMicroseconds(amount / 1000.0),
            _ => null,
        };
        return span > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : span;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception failure, string path);
}
