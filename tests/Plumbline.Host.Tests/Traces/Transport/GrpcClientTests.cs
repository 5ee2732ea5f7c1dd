using Google.Rpc;
using Grpc.Core;
using Plumbline.Otlp;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>What a real gRPC client sends and what it makes of the answers.</summary>
public sealed class GrpcClientTests(GrpcServer server) : IClassFixture<GrpcServer>, IDisposable
{
    private readonly GrpcClient client = new(server.GrpcPort);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("authorization", "Bearer " + RunningServer.ApiKey, false)]
    [InlineData("x-api-key", RunningServer.ApiKey, true)]
    public async Task Export_ReachesTheStoring_AsItWas(string header, string value, bool packed)
    {
        using var held = server.Gate.HoldNext();
        var message = Span("hello");
        var call = client.ExportAsync(message, new Metadata { { header, value } }, packed);
        var arrived = (await held.Arrived).Body.ToArray();
        held.Dispose();
        Assert.Empty(await call);
        Assert.Equal(message, arrived);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_OfNothing_IsTaken(bool packed) => Assert.Empty(await client.ExportAsync([], packed));

    [Fact]
    public async Task Export_AsLargeAsMayBe_IsTaken()
    {
        var message = Padded(GrpcServer.MaxRequestBytes);
        Assert.Empty(await client.ExportAsync(message));
        Assert.Equal(StatusCode.ResourceExhausted, (await GrpcClient.RefusedAsync(client.ExportAsync([.. message, 0x7A, 0]))).StatusCode);
        Assert.Empty(await client.ExportAsync(Padded(GrpcServer.MaxBodyBytes), packed: true));
    }

    [Fact]
    public async Task Logs_AreTaken() => Assert.Empty(await client.ExportAsync([], service: "opentelemetry.proto.collector.logs.v1.LogsService"));

    [Fact]
    public async Task Export_WithABadSpan_SaysWhy()
    {
        const string Reason = "span 2: the span id is not 8 bytes that are not all zero.";
        var id = TraceSender.NewTraceId();
        var message = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [(id, "1111111111111111", "hello"), (id, "0000000000000000", "no id")]);
        var answer = await client.ExportAsync(message);
        Assert.Equal(ExportResponse.Accepted(OtlpSignal.Traces, OtlpEncoding.Protobuf, 1, Reason), answer);
    }

    [Fact]
    public async Task WithoutAKey_IsToldWhatToDo()
    {
        var refused = await GrpcClient.RefusedAsync(client.ExportAsync(Span("hello"), []));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal("Sign in, or send an API key as 'Authorization: Bearer pl_…'.", refused.Status.Detail);
        Assert.Null(refused.GetRpcStatus());
    }

    [Fact]
    public async Task WithoutAKey_AgainAndAgain_LeavesTheConnectionUsable()
    {
        const int MoreThanTheWindow = 12;
        var message = Padded(GrpcServer.MaxRequestBytes);
        for (var i = 0; i < MoreThanTheWindow; i++)
        {
            var refused = await GrpcClient.RefusedAsync(client.ExportAsync(message, new Metadata { { "x-api-key", "pl_wrong" } }));
            Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        }
        Assert.Empty(await client.ExportAsync(message));
    }

    [Fact]
    public async Task FullDisk_IsUnavailable_WithATimeToComeBack()
    {
        server.Disk.WritesLeft = 0;
        var refused = await GrpcClient.RefusedAsync(client.ExportAsync(Span("hello")));
        server.Disk.WritesLeft = int.MaxValue;
        AssertLater(StatusCode.Unavailable, refused);
        Assert.Empty(await client.ExportAsync(Span("hello again")));
    }

    [Fact]
    public async Task TooManyRequests_AreExhausted_WithATimeToComeBack()
    {
        var most = server.Limits.MaxConcurrentRequests;
        server.Limits.MaxConcurrentRequests = 0;
        var refused = await GrpcClient.RefusedAsync(client.ExportAsync(Span("hello")));
        server.Limits.MaxConcurrentRequests = most;
        AssertLater(StatusCode.ResourceExhausted, refused);
        Assert.Empty(await client.ExportAsync(Span("hello again")));
    }

    [Fact]
    public async Task Failure_OfTheServer_IsInternal_AndItsDetailsStayInTheLog()
    {
        server.Gate.Failure = new InvalidOperationException("a secret");
        var refused = await GrpcClient.RefusedAsync(client.ExportAsync(Span("hello")));
        Assert.Equal((StatusCode.Internal, "The server failed to handle the call."), (refused.StatusCode, refused.Status.Detail));
        var logged = Assert.Single(server.Log.Complaints, line => line.Contains("The call ", StringComparison.Ordinal));
        Assert.Contains("a secret", logged, StringComparison.Ordinal);
        server.Log.Clear();
    }

    private static void AssertLater(StatusCode code, RpcException refused)
    {
        Assert.Equal(code, refused.StatusCode);
        var status = refused.GetRpcStatus()!;
        Assert.Equal(((int)code, refused.Status.Detail), (status.Code, status.Message));
        Assert.NotEmpty(status.Message);
        Assert.Equal(GrpcServer.RetryAfter, status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
    }

    private static byte[] Span(string said) => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [(TraceSender.NewTraceId(), "1111111111111111", said)]);

    // Field 15 is none that OTLP knows, so a decoder passes over it.
    private static byte[] Padded(int bytes)
    {
        const int Head = 5;
        var message = new byte[bytes];
        var rest = bytes - Head;
        message[0] = 0x7A;
        for (var i = 1; i < Head; i++) message[i] = (byte)(((rest >> (7 * (i - 1))) & 0x7F) | (i < Head - 1 ? 0x80 : 0));
        return message;
    }
}
