using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace Plumbline.Testing;

/// <summary>One OTLP export over gRPC, framed by hand.</summary>
public static class GrpcExport
{
    public static async Task<(string? Status, string? Message, string? Details)> SendAsync(int port, byte[] message, string key, bool packed = false)
    {
        using var client = new HttpClient();
        var frame = new byte[5 + message.Length];
        frame[0] = packed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/opentelemetry.proto.collector.trace.v1.TraceService/Export"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.Add("x-api-key", key);
        request.Headers.TE.ParseAdd("trailers");
        if (packed) request.Headers.Add("grpc-encoding", "gzip");
        using var answer = await client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return (Header(answer, "grpc-status"), Header(answer, "grpc-message"), Header(answer, "grpc-status-details-bin"));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var early) || answer.TrailingHeaders.TryGetValues(name, out early) ? early.Single() : null;
}
