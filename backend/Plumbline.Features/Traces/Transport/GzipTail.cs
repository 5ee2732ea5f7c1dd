using System.Buffers.Binary;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Passes a gzip stream through and remembers its end, which tells how long the plain text must be. The framework's reader does
/// not check it, so a body that was cut off would pass for a shorter one. A body of several members, which no exporter sends, is
/// refused.</summary>
/// <remarks>RFC 1952, section 2.3.1</remarks>
internal sealed class GzipTail(Stream inner) : Stream
{
    private const int LengthBytes = 4;
    private const int ShortestMember = 18 + 2; // header, checksum and length, and what even no text packs to
    private readonly byte[] tail = new byte[LengthBytes];
    private long seen;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether there is an end, and so many plain bytes are what it says. Some pack no text to no bytes.</summary>
    public bool Announces(int plainBytes) => seen is 0 or >= ShortestMember && BinaryPrimitives.ReadUInt32LittleEndian(tail) == (uint)plainBytes;

    /// <summary>Whether the last four bytes are this number, the most significant first; nothing at all ends with anything.</summary>
    public bool EndsWith(uint number) => seen == 0 || BinaryPrimitives.ReadUInt32BigEndian(tail) == number;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Remember(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Remember(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        seen += bytes.Length;
        var kept = Math.Min(bytes.Length, LengthBytes);
        tail.AsSpan(kept).CopyTo(tail);
        bytes[^kept..].CopyTo(tail.AsSpan(LengthBytes - kept));
    }
}
