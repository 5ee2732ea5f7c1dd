using System.Net;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>A server at work says what it does in a format that every scraper reads, under labels that no caller can multiply.</summary>
public sealed class MetricsTextTests : IAsyncLifetime
{
    private readonly RunningServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await TraceSender.TrySendAsync(_server.Script, TraceSender.NewTraceId());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Metrics_AreWellFormed_AndTellOfEveryPart()
    {
        await _server.Owner.QueryTextAsync("query Mine { viewer { user { id } } }");
        await _server.Owner.QueryTextAsync("{ nothing }");
        var metrics = await ScrapeAsync();
        var ours = metrics.Families.Where(f => f.Name.StartsWith("plumbline_", StringComparison.Ordinal));
        Assert.All(ours, f => Assert.False(string.IsNullOrEmpty(f.Help), f.Name));
        Assert.Equal("histogram", metrics.Family("http_server_request_duration_seconds").Type);
        Assert.True(Count(metrics, "http_server_request_duration_seconds", ("http_route", "/graphql"), ("http_response_status_code", "200")) >= 2);
        Assert.True(Count(metrics, "plumbline_graphql_operation_duration_seconds", ("graphql_operation_type", "query"), ("plumbline_outcome", "ok")) >= 2);
        Assert.Equal(1, metrics.Family("plumbline_graphql_errors_total").Value(("graphql_error_code", "GRAPHQL_VALIDATION_FAILED")));
        Assert.Equal(1, metrics.Family("plumbline_store_appends_total").Value(("plumbline_outcome", "stored")));
        Assert.Equal(1, metrics.Family("plumbline_store_head_spans").Value());
        Assert.Equal(1, Count(metrics, "plumbline_store_flush_duration_seconds"));
        Assert.Equal(1, metrics.Family("plumbline_ingest_requests_total").Value(("plumbline_signal", "traces")));
        string[] others = ["process_cpu_time_seconds_total", "process_memory_usage_bytes", "dotnet_gc_collections_total", "kestrel_active_connections"];
        Assert.All(others, name => Assert.NotEmpty(metrics.Family(name).Samples));
        Assert.DoesNotContain(metrics.Families, f => f.Name.StartsWith("plumbline_project", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_AskedForAsOpenMetrics_AreThat()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Process.Url, "/metrics"));
        request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("application/openmetrics-text", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\nplumbline_ingest_requests_total{plumbline_signal=\"traces\"} 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_CallersInventNames_NoLabelTakesThem()
    {
        const string invented = "invented";
        await ScrapeAsync();
        for (var i = 0; i < 20; i++)
        {
            using var client = new HttpClient { BaseAddress = _server.Process.Url };
            using var path = await client.GetAsync($"/{invented}{i}");
            using var method = await client.SendAsync(new HttpRequestMessage(new HttpMethod($"INVENTED{i}"), "/graphql"));
            using var named = new HttpRequestMessage(HttpMethod.Get, $"/healthz/live?{invented}{i}") { Headers = { Host = $"{invented}{i}.example" } };
            using var host = await client.SendAsync(named);
            await _server.Script.QueryTextAsync($"query {invented}{i} {{ {invented}{i} }}");
            using var trace = await client.PostAsync($"/v1/{invented}{i}", null);
        }
        using var answer = await _server.Script.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(invented, text, StringComparison.OrdinalIgnoreCase);
        PrometheusText.Parse(text);
    }

    [Fact]
    public async Task Metrics_ModelServersOfProjects_AreNotNamed()
    {
        await using var provider = await FakeModelServer.StartAsync();
        var environment = new Dictionary<string, string>(RunningServer.FirstRun) { ["PLUMBLINE_PRIVATE_PROVIDERS"] = "allow" };
        await using var server = await ServerProcess.StartAsync(environment: environment);
        using var owner = await provider.CallAsync(server);
        using var answer = await owner.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();
        var metrics = PrometheusText.Parse(text);
        Assert.NotEmpty(metrics.Family("http_client_request_duration_seconds").Samples);
        Assert.Equal(3, Count(metrics, "http_server_request_duration_seconds", ("http_route", "/graphql"))); // without the stream, which has no latency
        Assert.DoesNotContain($"{provider.Url.Port}", text, StringComparison.Ordinal);
    }

    private static double Count(PrometheusText metrics, string histogram, params (string Label, string Value)[] labels) =>
        metrics.Family(histogram).Samples.Where(s => s.Name == $"{histogram}_count" && s.Has(labels)).Sum(s => s.Value);

    private async Task<PrometheusText> ScrapeAsync()
    {
        using var answer = await _server.Script.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
    }
}
