using System.Net;
using System.Net.Http.Headers;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>What is sent to the port of the other transport, or in its manner.</summary>
public sealed class GrpcPortTests(GrpcServer server) : IClassFixture<GrpcServer>
{
    private static readonly byte[] Good = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId());

    [Fact]
    public async Task Grpc_AtThePortOfHttp_IsToldToUpgrade()
    {
        var answer = await AskAsync(server.HttpPort, HttpVersion.Version11, "application/grpc", GrpcExport.Frame(Good));
        Assert.Equal((HttpStatusCode.UpgradeRequired, "13"), (answer.Http, answer.Status));
        Assert.Contains("HTTP/1.1", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-protobuf")]
    [InlineData("application/json")]
    [InlineData("application/grpcx")]
    [InlineData("application/grpc-web")]
    [InlineData(null)]
    public async Task OtherThings_AtTheMethod_AreUnsupported(string? type)
    {
        var answer = await AskAsync(server.GrpcPort, HttpVersion.Version20, type, Good);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Http);
    }

    [Fact]
    public async Task GrpcWithAFormat_IsTaken() =>
        Assert.Equal("0", (await AskAsync(server.GrpcPort, HttpVersion.Version20, "application/grpc+proto", GrpcExport.Frame(Good))).Status);

    [Fact]
    public async Task OtlpOverHttp_AtThePortOfGrpc_IsTaken() =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server.GrpcPort, HttpVersion.Version20, "application/x-protobuf", Good, "/v1/traces")).Http);

    private async Task<GrpcAnswer> AskAsync(int port, Version version, string? type, byte[] body, string path = GrpcExport.Traces)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}{path}"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        if (type is not null) request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Add("x-api-key", RunningServer.ApiKey);
        using var answer = await client.SendAsync(request);
        Assert.Empty(server.Log.Complaints);
        return await GrpcAnswer.ReadAsync(answer, CancellationToken.None);
    }
}
