using System.Net;
using Plumbline.Host.Tests.Telemetry;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>Whatever is taken or refused shows at /metrics, in figures of the whole server.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_CountWhatIsTakenAndRefused()
    {
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        using var stranger = ServerClient.Script(server, "pl_nobodys_key_nobodys_key_nobodys_key");
        var body = OtlpBytes.ChatSpans(
            TimeProvider.System.GetUtcNow(),
            [(TraceSender.NewTraceId(), "1111111111111111", "hello"), (TraceSender.NewTraceId(), "0000000000000000", "no id")]);
        using (var taken = await script.PostAsync("/v1/traces", TraceSender.Body(body))) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using (var malformed = await script.PostAsync("/v1/traces", TraceSender.Body([0xFF, 0xFF])))
            Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        using (var unknown = await stranger.PostAsync("/v1/traces", TraceSender.Body(body))) Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal("16", (await GrpcExport.SendAsync(server.OtlpGrpcPort, body, "pl_nobodys_key_nobodys_key_nobodys_key")).Status);
        using (var text = await script.PostAsync("/v1/logs", new StringContent("hello"))) Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);

        using var answer = await script.GetAsync("/metrics");
        Assert.Equal("text/plain", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        var metrics = await answer.Content.ReadAsStringAsync();
        var samples = PrometheusText.Parse(metrics).Families.SelectMany(f => f.Samples).Select(s => (s.Series, s.Value));
        string[] expected =
        [
            "plumbline_ingest_requests_total{plumbline_signal=\"traces\"} 1",
            "plumbline_ingest_requests_total{plumbline_signal=\"traces\",error_type=\"malformed\"} 1",
            "plumbline_ingest_requests_total{plumbline_signal=\"traces\",error_type=\"unauthenticated\"} 2",
            "plumbline_ingest_requests_total{plumbline_signal=\"logs\",error_type=\"unsupported_media_type\"} 1",
            "plumbline_ingest_spans_total{plumbline_outcome=\"accepted\"} 1",
            "plumbline_ingest_spans_total{plumbline_outcome=\"rejected\"} 1",
            $"plumbline_ingest_size_bytes_total{{plumbline_signal=\"traces\"}} {body.Length}",
            "# TYPE plumbline_ingest_spans_total counter",
            "# TYPE plumbline_store_damaged_blocks gauge",
            "plumbline_store_damaged_blocks 0",
        ];
        Assert.Empty(expected.Where(IsComment).Except(metrics.Split('\n')));
        var expectedSamples = expected.Where(l => !IsComment(l)).Select(PrometheusText.ParseSample); // the order of labels means nothing
        Assert.Empty(expectedSamples.Select(s => (s.Series, s.Value)).Except(samples));
    }

    private static bool IsComment(string line) => line.StartsWith('#');

    [Fact]
    public async Task Metrics_SignInLimit_IsCounted()
    {
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var browser = ServerClient.Browser(server);
        for (var status = HttpStatusCode.OK; status != HttpStatusCode.TooManyRequests;)
        {
            using var answer = await browser.PostAsync("/signin/password", new { email = "nobody@example.com", password = "wrong" });
            status = answer.StatusCode;
            // the account's own lock, not the limit
            if (status == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter is null) status = HttpStatusCode.OK;
        }
        using var metrics = await browser.GetAsync("/metrics");
        Assert.Contains("plumbline_limits_refused_total{plumbline_limit=\"sign_in\"} 1", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loopback", "", HttpStatusCode.OK)]
    [InlineData("loopback", "x-forwarded-for", HttpStatusCode.NotFound)]
    [InlineData("any", "x-forwarded-for", HttpStatusCode.OK)]
    [InlineData("off", "", HttpStatusCode.NotFound)]
    public async Task Metrics_AreForWhomTheyAreOpen(string audience, string header, HttpStatusCode expected)
    {
        await using var server =
            await ServerProcess.StartAsync(environment: new Dictionary<string, string>(RunningServer.FirstRun) { ["PLUMBLINE_METRICS"] = audience });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/metrics"));
        if (header.Length > 0) request.Headers.Add(header, "192.0.2.7");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }
}
