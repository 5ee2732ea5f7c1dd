using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
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
        var frame = await reader.ReadAtLeastAsync(FrameBytes, cancellationToken);
        var (compressed, length) = Frame(frame.Buffer);
        if (length > options.MaxRequestBytes) throw new GrpcException(GrpcStatus.ResourceExhausted, $"The message is larger than {options.MaxRequestBytes} bytes. Send smaller batches.");
        reader.AdvanceTo(frame.Buffer.GetPosition(FrameBytes));
        if (compressed && encoding != "gzip") throw new GrpcException(GrpcStatus.Unimplemented, $"grpc-encoding '{encoding}' is not supported; use gzip or none.");
        var whole = await reader.ReadAtLeastAsync((int)length, cancellationToken);
        if (whole.Buffer.Length < length) throw new GrpcException(GrpcStatus.Internal, "The message is shorter than its frame says.");
        try
        {
            return await UnpackAsync(whole.Buffer.Slice(0, length), compressed, options, cancellationToken);
        }
        finally
        {
            reader.AdvanceTo(whole.Buffer.GetPosition(length));
        }
    }

    private static async ValueTask<RequestBody> UnpackAsync(ReadOnlySequence<byte> message, bool compressed, TracesOptions options, CancellationToken cancellationToken)
    {
        var packed = PipeReader.Create(message).AsStream();
        await using var plain = compressed ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        try
        {
            return await RequestBody.ReadAllAsync(plain, options.Otlp.MaxBodyBytes, cancellationToken);
        }
        catch (RequestFailedException e)
        {
            throw new GrpcException(e.Code == FailureCode.PayloadTooLarge ? GrpcStatus.ResourceExhausted : GrpcStatus.Internal, e.Message);
        }
    }

    private static (bool Compressed, uint Length) Frame(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < FrameBytes) throw new GrpcException(GrpcStatus.Internal, "The call holds no message.");
        Span<byte> frame = stackalloc byte[FrameBytes];
        buffer.Slice(0, FrameBytes).CopyTo(frame);
        if (frame[0] > 1) throw new GrpcException(GrpcStatus.Internal, "The message's frame is damaged.");
        return (frame[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(frame[1..]));
    }
}
