using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>Real spans of a real server, sent to another one by the standard variables and read there like anybody's.</summary>
public sealed class SpanExportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Spans_SentToAnotherServer_AreFoundThere_WithoutCredentialsOrContent(string protocol)
    {
        await using var receiver = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        using var reader = ServerClient.Script(receiver, RunningServer.ApiKey);
        await using var models = await FakeModelServer.StartAsync();
        const string key = "pl_another_key_for_the_server_that_is_watched";
        await using var server = await ServerProcess.StartAsync(environment: new Dictionary<string, string>(RunningServer.FirstRun)
        {
            ["PLUMBLINE_INIT_API_KEY"] = key,
            ["PLUMBLINE_PRIVATE_PROVIDERS"] = "allow",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? $"http://127.0.0.1:{receiver.OtlpGrpcPort}" : receiver.Url.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = $"authorization=Bearer {RunningServer.ApiKey}",
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_SERVICE_NAME"] = "watched",
        });
        using var owner = await models.CallAsync(server);
        using var script = ServerClient.Script(server, key);
        await script.QueryTextAsync("{ viewer { apiKey { name } } }");
        using (var link = await script.GetAsync("/signin/link/link-token-0123456789?code=query-secret-0123456789"))
            Assert.NotEqual(HttpStatusCode.InternalServerError, link.StatusCode);
        Assert.True(await TraceSender.TrySendAsync(script, TraceSender.NewTraceId()));
        var telemetry = OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), TraceSender.NewTraceId());
        Assert.Equal("0", (await GrpcExport.SendAsync(server.OtlpGrpcPort, telemetry, key)).Status);
        await server.StopAsync(); // sends what is left

        var spans = await SpansAsync(reader, s => s.GetProperty("name").GetString() == "POST /graphql");
        var text = JsonSerializer.Serialize(spans);
        string[] secrets =
        [
            key, RunningServer.ApiKey, RunningServer.Password, "ann@example.com", FakeModelServer.ApiKey, FakeModelServer.Prompt,
            "link-token", "query-secret", "/signin/link",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(spans, s => s.GetProperty("kind").GetString() == "SPAN" && s.GetProperty("serviceName").GetString() == "watched");
        Assert.Contains(spans, s => s.GetProperty("name").GetString() == "POST" && s.GetProperty("attributes").GetRawText().Contains($"{models.Url.Port}"));
        string[] ofTelemetry = ["/v1/", "collector"];
        Assert.DoesNotContain(spans, s => Array.Exists(ofTelemetry, s.Text("name").Contains));
        Assert.NotEmpty(models.Requests);
        string[] ofTracing = ["traceparent", "tracestate", "baggage", "Correlation-Context", "Request-Id"];
        Assert.All(models.Requests, r => Assert.Empty(r.Headers.Keys.Intersect(ofTracing, StringComparer.OrdinalIgnoreCase)));
        Assert.DoesNotContain(RunningServer.ApiKey, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_SentToItself_WhereAllowed_BringNoNewOnesAbout()
    {
        var port = FreePort();
        await using var server = await ServerProcess.StartAsync(otlpHttpPort: port, environment: new Dictionary<string, string>(RunningServer.FirstRun)
        {
            ["PLUMBLINE_EXPORT_TO_SELF"] = "allow",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"http://localhost:{port}/v1/traces",
            ["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] = $"authorization=Bearer {RunningServer.ApiKey}",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
        });
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        const string first = "0af7651916cd43dd8448eb211c80319c", oneBatch = "plumbline_ingest_requests_total{plumbline_signal=\"traces\"} 1\n";
        using var client = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { { "traceparent", $"00-{first}-b7ad6b7169203331-01" } } };
        await client.GetStringAsync("/signin/state");
        await PollAsync(async () => await script.ReadAsync("/metrics") is var read && read.Contains(oneBatch, StringComparison.Ordinal) ? read : null);
        for (var batch = 0; batch < 10; batch++) await Task.Delay(100); // as many times as a batch would be sent if there were anything in it
        Assert.Contains(oneBatch, await script.ReadAsync("/metrics"), StringComparison.Ordinal);
        var spans = await SpansAsync(script, s => s.GetProperty("traceId").GetString() == first);
        Assert.Empty(spans.Select(s => s.GetProperty("name").GetString()).Except(["GET /signin/state", "POST /graphql"])); // the latter ask for these spans
    }

    [Fact]
    public async Task Metrics_SentWhereTheirOwnVariablesSay_CarryTheirOwnHeaders()
    {
        await using var receiver = await FakeModelServer.StartAsync();
        await using var server = await ServerProcess.StartAsync(environment: new Dictionary<string, string>(RunningServer.FirstRun)
        {
            ["PLUMBLINE_METRICS"] = "off",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = new Uri(receiver.Url, "/own/place").ToString(),
            ["OTEL_EXPORTER_OTLP_METRICS_HEADERS"] = "x-own=secret-in-header",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        });
        var received = await PollAsync(() => Task.FromResult(receiver.Requests.FirstOrDefault(r => r.Body.Contains("plumbline.store.open"))));
        Assert.Equal(("/own/place", "secret-in-header"), (received.Path, received.Headers["x-own"]));
        await server.PrintedAsync($"does not get through to http://127.0.0.1:{receiver.Url.Port}"); // for it was refused
        Assert.DoesNotContain("secret-in", server.Output, StringComparison.Ordinal);
        Assert.All(receiver.Requests, r => Assert.Equal("/own/place", r.Path));
    }

    [Fact]
    public async Task Receiver_ThatIsNotThere_IsSaidInTheLog_WithoutCredentials()
    {
        var port = FreePort();
        await using var server = await ServerProcess.StartAsync(environment: new Dictionary<string, string>(RunningServer.FirstRun)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://user:secret-in-address@127.0.0.1:{port}/secret-in-path",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=secret-in-header",
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        });
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        await script.QueryTextAsync("{ viewer { apiKey { name } } }");
        await server.PrintedAsync($"does not get through to http://127.0.0.1:{port}");
        await server.StopAsync();
        Assert.Single(server.Output.Split('\n'), l => l.Contains("does not get through", StringComparison.Ordinal));
        Assert.DoesNotContain("secret-in", server.Output, StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> SpansAsync(ServerClient reader, Func<JsonElement, bool> awaited)
    {
        const string query = "query($id: ID!) { project(id: $id) { spans(first: 500) { nodes { "
            + "traceId name kind serviceName status statusMessage attributes events { name } input output } } } }";
        var viewer = (await reader.QueryAsync("{ viewer { organizations { projects { id } } } }")).GetProperty("viewer");
        var id = viewer.Text("organizations[0].projects[0].id");
        return await PollAsync(async () =>
        {
            var spans = (await reader.QueryAsync(query, new { id })).At("project.spans.nodes").EnumerateArray().ToList();
            return spans.Exists(s => awaited(s)) ? spans : null;
        });
    }

    private static async Task<T> PollAsync<T>(Func<Task<T?>> look) where T : class
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < Patience; await Task.Delay(100))
        {
            if (await look() is { } found) return found;
        }
        throw new TimeoutException("What was awaited did not come.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
