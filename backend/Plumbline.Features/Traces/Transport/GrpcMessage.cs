using System.Buffers.Binary;
using System.IO.Pipelines;
using Plumbline.Contracts;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Reads the one message of a unary call: five bytes of frame, then the message, perhaps compressed.</summary>
/// <remarks>https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md</remarks>
internal static class GrpcMessage
{
    public const int FrameBytes = 5;

    public static async ValueTask<RequestBody> ReadAsync(PipeReader reader, string encoding, TracesOptions options, CancellationToken cancellationToken)
    {
        await using var stream = reader.AsStream(leaveOpen: true);
        var frame = new byte[FrameBytes];
        if (await stream.ReadAtLeastAsync(frame, FrameBytes, throwOnEndOfStream: false, cancellationToken) < FrameBytes) throw new GrpcException(GrpcStatus.Internal, "The call holds no message.");
        var (compressed, length) = Frame(frame);
        if (length > options.MaxRequestBytes) throw new GrpcException(GrpcStatus.ResourceExhausted, $"The message is larger than {options.MaxRequestBytes} bytes. Send smaller batches.");
        if (compressed && encoding != "gzip") throw new GrpcException(GrpcStatus.Unimplemented, $"grpc-encoding '{encoding}' is not supported; use gzip or none.");
        var packed = await RequestBody.ReadExactlyAsync(stream, (int)length, cancellationToken)
            ?? throw new GrpcException(GrpcStatus.Internal, "The message is shorter than its frame says.");
        if (!compressed) return packed;
        using (packed) return await UnpackAsync(packed, options, cancellationToken);
    }

    private static async ValueTask<RequestBody> UnpackAsync(RequestBody packed, TracesOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestBody.UnzipAsync(packed.AsStream(), options.Otlp.MaxBodyBytes, cancellationToken);
        }
        catch (RequestFailedException e)
        {
            throw new GrpcException(e.Code == FailureCode.PayloadTooLarge ? GrpcStatus.ResourceExhausted : GrpcStatus.Internal, e.Message);
        }
    }

    private static (bool Compressed, uint Length) Frame(ReadOnlySpan<byte> frame)
    {
        if (frame[0] > 1) throw new GrpcException(GrpcStatus.Internal, "The message's frame is damaged.");
        return (frame[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(frame[1..]));
    }
}
