using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Ingestion;
using Plumbline.Otlp;

namespace Plumbline.Features.Traces.Transport;

/// <summary>An export over gRPC: asks for the key, reads, passes on, answers.</summary>
internal sealed partial class GrpcExport(ITraceIngest ingest, IngestMetrics metrics, IOptions<TracesOptions> options, ILogger<GrpcExport> logger)
{
    private readonly TracesOptions options = options.Value;

    public async Task<byte[]> RunAsync(IngestSignal signal, IAsyncStreamReader<GrpcMessage> messages, ServerCallContext call)
    {
        try
        {
            var key = await KeyAsync(call.GetHttpContext(), signal);
            using var message = await ReadAsync(messages, call.CancellationToken);
            var plain = await UnpackAsync(message, call.CancellationToken);
            var outcome = await ingest.IngestAsync(new(key.Project, key.Environment, signal, IngestEncoding.Protobuf, plain), call.CancellationToken);
            return Answer(signal, outcome);
        }
        catch (OperationCanceledException) when (call.CancellationToken.IsCancellationRequested)
        {
            throw Refusal(StatusCode.Cancelled, "The call was given up.");
        }
        catch (Exception e) when (e is not RpcException) // the edge of the server: whatever it was, the sender learns that it failed
        {
            LogFailure(logger, e, call.Method);
            throw Refusal(StatusCode.Internal, "The server failed to handle the call.");
        }
    }

    private byte[] Answer(IngestSignal signal, IngestOutcome outcome) => outcome.Status switch
    {
        IngestStatus.Accepted => ExportResponse.Accepted(Kind(signal), OtlpEncoding.Protobuf, outcome.Rejected, outcome.Message),
        IngestStatus.Malformed => throw Refusal(StatusCode.InvalidArgument, outcome.Message),
        IngestStatus.TooExpensive => throw Refusal(StatusCode.ResourceExhausted, outcome.Message),
        // Senders drop what is RESOURCE_EXHAUSTED unless they are told when to send it again.
        IngestStatus.Overloaded => throw Later(StatusCode.ResourceExhausted, outcome.Message),
        _ => throw Later(StatusCode.Unavailable, outcome.Message),
    };

    private async ValueTask<IngestKey> KeyAsync(HttpContext http, IngestSignal signal)
    {
        try
        {
            return await IngestKey.RequireAsync(http);
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true } refused)
        {
            metrics.Refused(signal, refused.Code);
            throw Later(StatusCode.Unavailable, refused.Message);
        }
        catch (RequestFailedException e)
        {
            metrics.Refused(signal, e.Code);
            throw Refusal(e.Code == FailureCode.Forbidden ? StatusCode.PermissionDenied : StatusCode.Unauthenticated, e.Message);
        }
    }

    // Whatever goes wrong here is the sender's doing or the network's.
    private async ValueTask<GrpcMessage> ReadAsync(IAsyncStreamReader<GrpcMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await GrpcMessage.ReadAsync(messages, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException || cancellationToken.IsCancellationRequested)
        {
            throw Refusal(StatusCode.Cancelled, "The call was given up.");
        }
        catch (InvalidDataException)
        {
            throw Refusal(StatusCode.Internal, "The message's frame is damaged.");
        }
        catch (BadHttpRequestException e)
        {
            throw Refusal(StatusCode.Internal, $"The message did not arrive: {e.Message}");
        }
        catch (Exception e) when (e is IOException or RpcException { StatusCode: StatusCode.ResourceExhausted })
        {
            // What the library throws for a length that no message can have, and for one beyond the limit.
            throw Refusal(StatusCode.ResourceExhausted, $"The message is larger than {options.MaxRequestBytes} bytes. Send smaller batches.");
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> UnpackAsync(GrpcMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await message.PlainAsync(options.Otlp.MaxBodyBytes, cancellationToken);
        }
        catch (RequestFailedException e)
        {
            throw Refusal(e.Code == FailureCode.PayloadTooLarge ? StatusCode.ResourceExhausted : StatusCode.Internal, e.Message);
        }
    }

    private static OtlpSignal Kind(IngestSignal signal) => signal == IngestSignal.Traces ? OtlpSignal.Traces : OtlpSignal.Logs;

    private static RpcException Refusal(StatusCode code, string message) => new(new Status(code, message));

    private RpcException Later(StatusCode code, string message) => new(new Status(code, message), GrpcRetryInfo.Of(code, message, options.RetryAfter));

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception failure, string path);
}
