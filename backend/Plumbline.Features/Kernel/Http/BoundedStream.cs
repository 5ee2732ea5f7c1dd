using Microsoft.AspNetCore.Http;
using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Http;

/// <summary>Reads at most so many bytes of a request's body.</summary>
internal sealed class BoundedStream(Stream inner, long limit) : Stream
{
    private long _left = limit;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await ReadInnerAsync(buffer, cancellationToken);
        _left -= read;
        return _left >= 0 ? read : throw new RequestFailedException(FailureCode.PayloadTooLarge, "The request is larger than allowed.");
    }

    // What comes too slowly, is broken off or is no HTTP is the sender's to put right.
    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException broken)
        {
            throw new RequestFailedException(
                broken is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? FailureCode.PayloadTooLarge : FailureCode.BadUserInput,
                $"The body did not arrive: {broken.Message}");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
