using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Plumbline.Benchmarks.Load;

/// <summary>OTLP over gRPC: many calls at once on one HTTP/2 connection without TLS.</summary>
internal sealed class GrpcSender : ISender
{
    private const int FrameBytes = 5;
    private const string Overloaded = "8";
    private const string Unavailable = "14";
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly string _apiKey;
    private readonly bool _gzip;

    private GrpcSender(HttpClient http, Uri url, string apiKey, bool gzip) => (_http, _url, _apiKey, _gzip) = (http, url, apiKey, gzip);

    /// <summary>So many senders over one connection.</summary>
    public static ISender[] Share(int port, string apiKey, int senders, bool gzip)
    {
        var http = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = false, InitialHttp2StreamWindowSize = 1 << 20 });
        var url = new Uri($"http://127.0.0.1:{port}/opentelemetry.proto.collector.trace.v1.TraceService/Export");
        return [.. Enumerable.Range(0, senders).Select(_ => new GrpcSender(http, url, apiKey, gzip))];
    }

    public async ValueTask<Answer> SendAsync(RequestTemplate request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = _gzip ? Packed(request) : Plain(request),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (_gzip) message.Headers.Add("grpc-encoding", "gzip");
        message.Headers.Add("x-api-key", _apiKey);
        message.Headers.TE.ParseAdd("trailers");
        using var answer = await _http.SendAsync(message);
        await answer.Content.CopyToAsync(Stream.Null);
        var status = Header(answer, "grpc-status") ?? "none";
        return new(status == "0", status is Overloaded or Unavailable ? Delay(answer) : null, "grpc-status " + status);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ByteArrayContent Plain(RequestTemplate request)
    {
        var start = RequestTemplate.Headroom - FrameBytes;
        Frame(request.Buffer.AsSpan(start), 0, request.BodyBytes);
        return new ByteArrayContent(request.Buffer, start, request.Buffer.Length - start);
    }

    private static ByteArrayContent Packed(RequestTemplate request)
    {
        using var packed = new MemoryStream(request.BodyBytes);
        packed.SetLength(FrameBytes);
        packed.Position = FrameBytes;
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(request.Buffer, RequestTemplate.Headroom, request.BodyBytes);
        var buffer = packed.GetBuffer();
        Frame(buffer, 1, (int)packed.Length - FrameBytes);
        return new ByteArrayContent(buffer, 0, (int)packed.Length);
    }

    private static void Frame(Span<byte> frame, byte isPacked, int length)
    {
        frame[0] = isPacked;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], (uint)length);
    }

    // The delay that the server gives is a second unless it is set otherwise.
    private static TimeSpan? Delay(HttpResponseMessage answer) => Header(answer, "grpc-status-details-bin") is null ? null : TimeSpan.FromSeconds(1);

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.TrailingHeaders.TryGetValues(name, out values) ? values.First() : null;
}
