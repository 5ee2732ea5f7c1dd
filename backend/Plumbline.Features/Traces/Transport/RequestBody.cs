using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Plumbline.Contracts;
using Plumbline.Features.Kernel.Http;

namespace Plumbline.Features.Traces.Transport;

/// <summary>A request's body, decompressed into pooled memory, with a limit on what is sent and on what it unpacks to.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int MostAhead = 2 * 1024 * 1024;
    private byte[] buffer;
    private int length;

    private RequestBody(int room) => buffer = ArrayPool<byte>.Shared.Rent(room);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>A copy of bytes that somebody else owns.</summary>
    public static RequestBody Copy(in ReadOnlySequence<byte> bytes)
    {
        var body = new RequestBody((int)bytes.Length) { length = (int)bytes.Length };
        bytes.CopyTo(body.buffer);
        return body;
    }

    /// <summary>A copy of the rest of a stream that lies in memory.</summary>
    public static RequestBody Copy(Stream bytes)
    {
        var rest = (int)(bytes.Length - bytes.Position);
        var body = new RequestBody(rest) { length = rest };
        bytes.ReadExactly(body.buffer.AsSpan(0, rest));
        return body;
    }

    /// <summary>Reads and unpacks the whole body.</summary>
    /// <exception cref="RequestFailedException">PAYLOAD_TOO_LARGE, or BAD_USER_INPUT when it does not unpack.</exception>
    /// <exception cref="UnsupportedEncodingException">An encoding that is not gzip, deflate or br.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, TracesOptions options, CancellationToken cancellationToken)
    {
        var limited = new BoundedStream(request.Body, options.MaxRequestBytes);
        var encoding = request.Headers[HeaderNames.ContentEncoding].ToString().Trim().ToLowerInvariant();
        if (request.ContentLength > options.MaxRequestBytes) throw TooLarge(options.MaxRequestBytes);
        return encoding switch
        {
            "gzip" or "x-gzip" => await UnzipAsync(limited, options.Otlp.MaxBodyBytes, cancellationToken),
            "deflate" => await InflateAsync(limited, options.Otlp.MaxBodyBytes, cancellationToken),
            "br" => await UnbrotliAsync(limited, options, cancellationToken),
            "" or "identity" => await ReadAllAsync(limited, request.ContentLength ?? 0, options.Otlp.MaxBodyBytes, cancellationToken),
            _ => throw new UnsupportedEncodingException(),
        };
    }

    /// <summary>Unpacks gzip and makes sure that it is whole.</summary>
    public static async ValueTask<RequestBody> UnzipAsync(Stream packed, int most, CancellationToken cancellationToken)
    {
        await using var tail = new GzipTail(packed);
        await using var plain = new GZipStream(tail, CompressionMode.Decompress);
        var body = await ReadAllAsync(plain, 0, most, cancellationToken);
        if (tail.Announces(body.length)) return body;
        body.Dispose();
        throw CutOff("gzip");
    }

    /// <summary>Unpacks zlib. The framework's reader checks the sum at the end, but not that there is an end.</summary>
    private static async ValueTask<RequestBody> InflateAsync(Stream packed, int most, CancellationToken cancellationToken)
    {
        await using var tail = new GzipTail(packed);
        await using var plain = new ZLibStream(tail, CompressionMode.Decompress);
        var body = await ReadAllAsync(plain, 0, most, cancellationToken);
        if (tail.EndsWith(Adler32.Of(body.Bytes.Span))) return body;
        body.Dispose();
        throw CutOff("deflate");
    }

    /// <summary>Unpacks Brotli, which has no sum to check, by the decoder itself: it knows whether it is done.</summary>
    private static async ValueTask<RequestBody> UnbrotliAsync(Stream packed, TracesOptions options, CancellationToken cancellationToken)
    {
        using var whole = await ReadAllAsync(packed, 0, options.MaxRequestBytes, cancellationToken);
        var body = new RequestBody(FirstBuffer);
        try
        {
            body.Unbrotli(whole.Bytes.Span, options.Otlp.MaxBodyBytes);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private void Unbrotli(ReadOnlySpan<byte> packed, int most)
    {
        using var decoder = new BrotliDecoder();
        while (true)
        {
            var status = decoder.Decompress(packed, buffer.AsSpan(length), out var read, out var written);
            length += written;
            packed = packed[read..];
            if (length > most) throw TooLarge(most);
            if (status == OperationStatus.Done) return;
            if (status == OperationStatus.NeedMoreData) throw CutOff("br");
            if (status == OperationStatus.InvalidData)
                throw new RequestFailedException(FailureCode.BadUserInput, "The body does not unpack: it is no Brotli.");
            Grow();
        }
    }

    private static RequestFailedException CutOff(string encoding) => new(FailureCode.BadUserInput, $"The {encoding} body is cut off.");

    private static async ValueTask<RequestBody> ReadAllAsync(Stream plain, long announced, int most, CancellationToken cancellationToken)
    {
        // What a request announces is believed up to a point: room for more is taken when it comes.
        var body = new RequestBody((int)Math.Clamp(announced + 1, FirstBuffer, MostAhead));
        try
        {
            await body.FillAsync(plain, most, cancellationToken);
            return body;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            // What the decoders throw; what the network does to a body is a refusal already.
            body.Dispose();
            throw new RequestFailedException(FailureCode.BadUserInput, $"The body does not unpack: {e.Message}");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public Stream AsStream() => new MemoryStream(buffer, 0, length, writable: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private async ValueTask FillAsync(Stream plain, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == buffer.Length) Grow();
            var read = await plain.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return;
            length += read;
            if (length > most) throw TooLarge(most);
        }
    }

    private void Grow()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(bigger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = bigger;
    }

    private static RequestFailedException TooLarge(int most) =>
        new(FailureCode.PayloadTooLarge, $"The request is larger than {most} bytes. Send smaller batches.");
}

/// <summary>A content encoding that is not taken.</summary>
internal sealed class UnsupportedEncodingException() : Exception("Send the body as it is, or with content-encoding gzip, deflate or br.");
