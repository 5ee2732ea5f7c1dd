using System.Net;
using OpenTelemetry;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Telemetry;

/// <summary>Where the metrics are read, as Prometheus text, by those whom the options let.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps <c>/metrics</c>, and has the providers made meanwhile: to be called first of all.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetService<ITelemetryHostInitializer>()?.Initialize();
        var audience = app.Services.GetRequiredService<ServerOptions>().Metrics;
        if (audience == MetricsAudience.Off) return;
        var scrape = new Lazy<RequestDelegate>(() => Scrape(app));
        app.MapGet("/metrics", http =>
        {
            if (audience == MetricsAudience.Any || IsLocal(http)) return scrape.Value(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // With the first request, for it needs the provider.
    private static RequestDelegate Scrape(IEndpointRouteBuilder app) =>
        app.CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();

    // What a proxy on this machine passes on is not local.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !http.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase) || header.ToLowerInvariant() is "forwarded" or "via";
}
