using System.Net;
using System.Security.Cryptography;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>Calls that break a rule, byte by byte over HTTP/2: each ends with the status that says so, nothing of it reaches the storing, and the log is not
/// its place.</summary>
public sealed class GrpcRefusalTests(GrpcServer server) : IClassFixture<GrpcServer>
{
    private static readonly byte[] Good =
        OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [.. Enumerable.Range(0, 100).Select(_ => TraceSender.NewTraceId())]);

    public static TheoryData<string, byte[]> BrokenFrames => new()
    {
        { "nothing at all", [] },
        { "half a frame", [0, 0, 0] },
        { "a message shorter than its frame says", GrpcExport.Frame(Good, length: (uint)Good.Length + 1) },
        { "a message longer than its frame says", GrpcExport.Frame(Good, length: (uint)Good.Length - 1) },
        { "two messages", [.. GrpcExport.Frame(Good), .. GrpcExport.Frame(Good)] },
        { "two messages, the second packed", [.. GrpcExport.Frame(Good), .. GrpcExport.Frame(Packing.Gzip(Good), 1)] },
        { "two messages, the first packed", [.. GrpcExport.Frame(Packing.Gzip(Good), 1), .. GrpcExport.Frame(Good)] },
        { "a message and an empty one", [.. GrpcExport.Frame(Good), .. GrpcExport.Frame([])] },
        { "a message and three bytes", [.. GrpcExport.Frame(Good), 0, 0, 0] },
        { "a flag that means nothing", GrpcExport.Frame(Good, 2) },
        { "an OTLP body without a frame", Good },
    };

    public static TheoryData<string, byte[]> BrokenPacks => new()
    {
        { "no gzip", Good },
        { "half of it", Packing.Gzip(Good)[..^(Packing.Gzip(Good).Length / 2)] },
        { "without the last byte", Packing.Gzip(Good)[..^1] },
        { "without the length", Packing.Gzip(Good)[..^4] },
        { "without the checksum", Packing.Gzip(Good)[..^8] },
        { "the first ten bytes", Packing.Gzip(Good)[..10] },
        { "ten bytes that end like an empty text", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0] },
        { "one byte", [0x1F] },
        { "a wrong checksum", Changed(Packing.Gzip(Good), ^6) },
        { "a damaged middle", Changed(Packing.Gzip(Good), Packing.Gzip(Good).Length / 2) },
        { "two members", [.. Packing.Gzip(Good), .. Packing.Gzip(Good)] },
        { "bytes after the end", [.. Packing.Gzip(Good), 1, 2, 3, 4] },
    };

    [Theory, MemberData(nameof(BrokenFrames))]
    public Task Frames_ThatAreBroken_AreInternal(string what, byte[] body) => RefusedAsync("13", body, what, Gzip);

    [Theory, MemberData(nameof(BrokenPacks))]
    public Task Packs_ThatAreBroken_AreInternal(string what, byte[] packed) => RefusedAsync("13", GrpcExport.Frame(packed, 1), what, Gzip);

    [Theory]
    [InlineData(GrpcServer.MaxRequestBytes + 1u)]
    [InlineData((uint)int.MaxValue)]
    [InlineData(int.MaxValue + 1u)]
    [InlineData(uint.MaxValue)]
    public async Task Frame_ThatAnnouncesTooMuch_IsRefusedByItsLength(uint length)
    {
        var answer = await RefusedAsync("8", GrpcExport.Frame([], length: length), "a frame alone");
        Assert.Equal("The message is larger than 1048576 bytes. Send smaller batches.", answer.Message);
        Assert.Null(answer.Details);
    }

    [Fact]
    public async Task Packed_TooMuchAsSent_IsTooLarge() =>
        await RefusedAsync("8", GrpcExport.Frame(Packing.Gzip(RandomNumberGenerator.GetBytes(GrpcServer.MaxRequestBytes + 1)), 1), "packed noise", Gzip);

    [Fact]
    public async Task Packed_ThatUnpacksToTooMuch_IsTooLarge()
    {
        var answer = await RefusedAsync("8", GrpcExport.Frame(Packing.Gzip(new byte[GrpcServer.MaxBodyBytes + 1]), 1), "a byte too much", Gzip);
        Assert.Equal("The request is larger than 2097152 bytes. Send smaller batches.", answer.Message);
    }

    [Theory]
    [InlineData("deflate", "12")]
    [InlineData("zstd", "12")]
    [InlineData("GZIP", "12")]
    [InlineData("identity", "13")]
    [InlineData(null, "13")]
    public async Task Encoding_ThatIsNotTaken_IsToldWhichAre(string? encoding, string status)
    {
        var answer = await RefusedAsync(status, GrpcExport.Frame(Packing.Gzip(Good), 1), "packed", request => Encode(request, encoding));
        if (status == "12") Assert.Equal("identity,gzip", answer.AcceptEncoding);
    }

    [Fact]
    public async Task NotProtobuf_IsInvalid()
    {
        var answer = await GrpcExport.PostAsync(server.GrpcPort, new ByteArrayContent(GrpcExport.Frame([0xFF, 0xFF])), RunningServer.ApiKey);
        Assert.Equal(("3", null), (answer.Status, answer.Details));
        Assert.NotEmpty(answer.Message!);
        Assert.Empty(server.Log.Complaints);
    }

    [Theory]
    [InlineData("x-api-key", "pl_nobodys_key_nobodys_key_nobodys_key")]
    [InlineData("authorization", "Bearer pl_nobodys_key_nobodys_key_nobodys_key")]
    [InlineData("authorization", "Basic YTpi")]
    [InlineData("x-other", "pl_nobodys_key_nobodys_key_nobodys_key")]
    public async Task WithoutAKey_IsUnauthenticated(string header, string value)
    {
        var before = server.Gate.Passed;
        var body = new ByteArrayContent(GrpcExport.Frame(Good));
        var answer = await GrpcExport.PostAsync(server.GrpcPort, body, null, request => request.Headers.TryAddWithoutValidation(header, value));
        Assert.Equal((HttpStatusCode.OK, "16", before), (answer.Http, answer.Status, server.Gate.Passed));
        Assert.Empty(server.Log.Complaints);
    }

    [Fact]
    public async Task WithoutAKey_IsAnsweredBeforeAnythingIsSent()
    {
        using var nothing = new PausedContent([]);
        var answer = await GrpcExport.PostAsync(server.GrpcPort, nothing, "pl_wrong").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("16", answer.Status);
        Assert.Contains("unknown, expired or revoked", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Import")]
    [InlineData("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    [InlineData("/a/b")]
    public Task Method_ThatIsUnknown_IsUnimplemented(string path) =>
        RefusedAsync("12", GrpcExport.Frame(Good), path, request => request.RequestUri = new Uri(request.RequestUri!, path));

    [Theory]
    [InlineData("2147483647H")]
    [InlineData("99999999H")]
    [InlineData("-1S")]
    [InlineData("S")]
    [InlineData("1x")]
    [InlineData("soon")]
    public async Task Deadline_ThatIsNone_DisturbsNobody(string deadline)
    {
        var body = new ByteArrayContent(GrpcExport.Frame(Good));
        var answer = await GrpcExport.PostAsync(server.GrpcPort, body, RunningServer.ApiKey, request => request.Headers.Add("grpc-timeout", deadline));
        Assert.Equal(HttpStatusCode.OK, answer.Http);
        Assert.Empty(server.Log.Complaints);
    }

    private async Task<GrpcAnswer> RefusedAsync(string status, byte[] body, string what, Action<HttpRequestMessage>? change = null)
    {
        var before = server.Gate.Passed;
        var answer = await GrpcExport.PostAsync(server.GrpcPort, new ByteArrayContent(body), RunningServer.ApiKey, change);
        Assert.Equal((what, status, HttpStatusCode.OK, before), (what, answer.Status, answer.Http, server.Gate.Passed));
        Assert.Equal("application/grpc", answer.ContentType);
        Assert.NotEmpty(answer.Message!);
        Assert.Empty(answer.Body);
        Assert.Empty(server.Log.Complaints);
        return answer;
    }

    private static void Gzip(HttpRequestMessage request) => Encode(request, "gzip");

    private static void Encode(HttpRequestMessage request, string? encoding)
    {
        if (encoding is not null) request.Headers.Add("grpc-encoding", encoding);
    }

    private static byte[] Changed(byte[] bytes, Index at)
    {
        bytes[at] ^= 0x55;
        return bytes;
    }
}
