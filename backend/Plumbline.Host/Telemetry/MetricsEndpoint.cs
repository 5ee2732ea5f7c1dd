using OpenTelemetry;
using Plumbline.Host.Configuration;
using Plumbline.Host.Web;

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
            if (audience == MetricsAudience.Any || RequestOrigin.IsThisMachine(http)) return scrape.Value(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // With the first request, for it needs the provider.
    private static RequestDelegate Scrape(IEndpointRouteBuilder app) =>
        app.CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();
}
