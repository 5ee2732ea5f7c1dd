using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Plumbline.Testing;

/// <summary>One OTLP export over gRPC, framed by hand.</summary>
public static class GrpcExport
{
    public const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const int FrameBytes = 5;

    public static async Task<(string? Status, string? Message, string? Details)> SendAsync(int port, byte[] message, string key, bool packed = false)
    {
        var answer = await PostAsync(port, new ByteArrayContent(Frame(message, packed ? (byte)1 : (byte)0)), key, request =>
        {
            if (packed) request.Headers.Add("grpc-encoding", "gzip");
        });
        return (answer.Status, answer.Message, answer.Details);
    }

    /// <summary>Posts whatever it is as one call with prior knowledge of HTTP/2, and reads the answer to its end.</summary>
    public static async Task<GrpcAnswer> PostAsync(
        int port, HttpContent body, string? key, Action<HttpRequestMessage>? change = null, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}{Traces}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (key is not null) request.Headers.Add("x-api-key", key);
        request.Headers.TE.ParseAdd("trailers");
        change?.Invoke(request);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await GrpcAnswer.ReadAsync(answer, cancellationToken);
    }

    /// <summary>A message in its frame.</summary>
    /// <param name="message">The message.</param>
    /// <param name="flag">1 says that it is packed.</param>
    /// <param name="length">The length that the frame tells; null for the true one.</param>
    public static byte[] Frame(byte[] message, byte flag = 0, uint? length = null)
    {
        var frame = new byte[FrameBytes + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(frame, FrameBytes);
        return frame;
    }
}
