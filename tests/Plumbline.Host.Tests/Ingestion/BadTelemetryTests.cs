using System.Net;
using Plumbline.Host.Tests.Traces.Transport;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>Telemetry that cannot be taken is refused with a reason, and leaves nothing behind.</summary>
public sealed class BadTelemetryTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int OverTheLimit = 80 * 1024 * 1024;

    [Fact]
    public async Task Good_IsTaken_PlainAndPacked()
    {
        var (plain, packed) = (TraceSender.NewTraceId(), TraceSender.NewTraceId());
        Assert.True(await TraceSender.TrySendAsync(server.Script, plain));
        using var answer = await server.Script.PostAsync("/v1/traces", TraceSender.Body(Packing.Gzip(Spans(packed)), "gzip"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-protobuf", answer.Content.Headers.ContentType?.MediaType);
        var listed = await TraceSender.ListAsync(server.Script);
        Assert.Equal((1, 1), (listed[plain], listed[packed]));
    }

    [Fact]
    public async Task NotProtobuf_IsABadRequest() => await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body("this is not protobuf"u8.ToArray()));

    [Fact]
    public async Task Protobuf_CutShort_IsABadRequest()
    {
        var id = TraceSender.NewTraceId();
        await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body(Spans(id)[..^10]));
    }

    [Fact]
    public async Task Gzip_CutShort_IsABadRequest()
    {
        var packed = Packing.Gzip(Spans([.. Enumerable.Range(0, 100).Select(_ => TraceSender.NewTraceId())]));
        await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body(packed[..(packed.Length / 2)], "gzip"));
        await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body(packed[..^4], "gzip"));
        await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0], "gzip"));
    }

    [Fact]
    public async Task Gzip_ThatIsNone_IsABadRequest() =>
        await RefusedAsync(HttpStatusCode.BadRequest, TraceSender.Body(Spans(TraceSender.NewTraceId()), "gzip"));

    [Fact]
    public async Task Gzip_ThatUnpacksToTooMuch_IsTooLarge() =>
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, TraceSender.Body(Packing.Gzip(new byte[OverTheLimit]), "gzip"));

    [Fact]
    public async Task UnknownType_IsUnsupported() => await RefusedAsync(HttpStatusCode.UnsupportedMediaType, new StringContent("a=b"));

    [Theory]
    [InlineData("pl_wrongwrongwrongwrongwrongwrongwrongwrong")]
    [InlineData("nonsense")]
    public async Task WrongKey_IsUnauthorized(string key)
    {
        using var script = ServerClient.Script(server.Process, key);
        await RefusedAsync(HttpStatusCode.Unauthorized, TraceSender.Body(Spans(TraceSender.NewTraceId())), script);
    }

    [Fact]
    public async Task NoKey_IsUnauthorized()
    {
        using var nobody = ServerClient.Plain(server.Process);
        await RefusedAsync(HttpStatusCode.Unauthorized, TraceSender.Body(Spans(TraceSender.NewTraceId())), nobody);
    }

    [Fact]
    public async Task KeyWithoutTheScope_IsForbidden()
    {
        var (_, secret) = await server.CreateKeyAsync("READ");
        using var script = ServerClient.Script(server.Process, secret);
        await RefusedAsync(HttpStatusCode.Forbidden, TraceSender.Body(Spans(TraceSender.NewTraceId())), script);
    }

    [Fact]
    public async Task RevokedKey_IsRefusedOnTheNextRequest()
    {
        var (id, secret) = await server.CreateKeyAsync("INGEST");
        using var script = ServerClient.Script(server.Process, secret);
        Assert.True(await TraceSender.TrySendAsync(script, TraceSender.NewTraceId()));
        await server.Owner.DoAsync("revokeApiKey", new { id }, "apiKey { id }");
        await RefusedAsync(HttpStatusCode.Unauthorized, TraceSender.Body(Spans(TraceSender.NewTraceId())), script);
    }

    private async Task RefusedAsync(HttpStatusCode expected, HttpContent body, ServerClient? sender = null)
    {
        var before = await TraceSender.ListAsync(server.Script);
        using var answer = await (sender ?? server.Script).PostAsync("/v1/traces", body);
        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(before, await TraceSender.ListAsync(server.Script));
    }

    private static byte[] Spans(params string[] traceIds) => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), traceIds);
}
