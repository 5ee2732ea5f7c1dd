using System.Buffers;
using Grpc.Core;

namespace Plumbline.Features.Traces.Transport;

/// <summary>The one message of a call, copied into pooled memory, which goes back when the call disposes of it.</summary>
/// <remarks>
/// What the library shows to a marshaller or unpacker are its own buffers, used again as soon as that returns; and it calls both without saying for which call.
/// The reading therefore carries along, with its own flow alone, what it expects.
/// </remarks>
internal sealed class GrpcMessage : IDisposable
{
    private static readonly AsyncLocal<GrpcMessage?> Expected = new();
    private RequestBody? body;
    private bool isPacked;

    /// <summary>Takes messages for the calls that expect them. Nothing is ever sent by it.</summary>
    public static Marshaller<GrpcMessage> Marshaller { get; } =
        new((_, _) => throw new NotSupportedException(), context => Current.Take(context.PayloadAsReadOnlySequence()));

    private static GrpcMessage Current => Expected.Value ?? throw new InvalidOperationException("No call expects a message.");

    /// <summary>Reads the message of a call and sees that it is the only one.</summary>
    /// <exception cref="RpcException">INTERNAL when there is none, or more than one; or what the library says of a broken or too large one.</exception>
    public static async ValueTask<GrpcMessage> ReadAsync(IAsyncStreamReader<GrpcMessage> messages, CancellationToken cancellationToken)
    {
        var message = Expected.Value = new GrpcMessage();
        try
        {
            if (!await messages.MoveNext(cancellationToken)) throw new RpcException(new Status(StatusCode.Internal, "The call holds no message."));
            if (await messages.MoveNext(cancellationToken)) throw new RpcException(new Status(StatusCode.Internal, "The call holds more than one message."));
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Takes a message of the current call as it came, to be unpacked later.</summary>
    public static void TakePacked(Stream packed)
    {
        if (Current is not { body: null } message) return;
        message.body = RequestBody.Copy(packed);
        message.isPacked = true;
    }

    /// <summary>The bytes for the decoder, good until the message is disposed of.</summary>
    /// <param name="most">Most bytes that a packed message may unpack to.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    /// <exception cref="Contracts.RequestFailedException">PAYLOAD_TOO_LARGE, or BAD_USER_INPUT when it does not unpack.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> PlainAsync(int most, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(body is null, this);
        if (!isPacked) return body.Bytes;
        using var packed = body;
        body = await RequestBody.UnzipAsync(packed.AsStream(), most, cancellationToken);
        isPacked = false;
        return body.Bytes;
    }

    public void Dispose()
    {
        body?.Dispose();
        body = null;
    }

    // Only the first message of a call is ever kept; the reading refuses a second.
    private GrpcMessage Take(in ReadOnlySequence<byte> bytes)
    {
        body ??= RequestBody.Copy(bytes);
        return this;
    }
}
