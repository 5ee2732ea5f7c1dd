using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Telemetry;

/// <summary>The meters that are read, and how. No label may take values that callers choose: projects and models have a limit of their own, and whatever else
/// would grow without one is left out.</summary>
internal static class ServerMetrics
{
    private const string HttpClient = "System.Net.Http";
    private const string Grains = "Microsoft.Orleans";
    private static readonly string[] Meters = ["Plumbline.*", Grains, HttpClient];

    // Sets of labels of one instrument; what is beyond is summed up under otel_metric_overflow. Room for them is taken at once, so each has what it can need:
    // routes by status, grains by outcome, the rest.
    private static readonly MetricStreamConfiguration OfRoutes = new() { CardinalityLimit = 500 };
    private static readonly MetricStreamConfiguration OfGrains = new() { CardinalityLimit = 250 };
    private static readonly MetricStreamConfiguration Usual = new() { CardinalityLimit = 100 };

    // Addresses of providers are their customers' affair.
    private static readonly MetricStreamConfiguration WithoutAddresses =
        new() { TagKeys = ["http.request.method", "http.response.status_code", "error.type"], CardinalityLimit = 100 };

    public static void Configure(MeterProviderBuilder metrics, ServerOptions options)
    {
        metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddProcessInstrumentation();
        metrics.AddView(instrument => View(instrument, options.Telemetry.MaxProjectSeries));
        if (options.Metrics != MetricsAudience.Off) metrics.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
        if (options.Telemetry.Metrics is { } target) metrics.AddOtlpExporter((exporter, _) => target.Apply(exporter));
    }

    private static MetricStreamConfiguration View(Instrument instrument, int maxProjectSeries) => instrument switch
    {
        { Meter.Name: ProjectGauges.MeterName } => new() { CardinalityLimit = ProjectGauges.MaxSeries(maxProjectSeries) },
        { Meter.Name: HttpClient, Name: "http.client.request.duration" } => WithoutAddresses,
        { Meter.Name: HttpClient } => MetricStreamConfiguration.Drop,
        { Meter.Name: Grains } => OfGrains,
        { Name: "http.server.request.duration" or "aspnetcore.routing.match_attempts" } => OfRoutes,
        _ => Usual,
    };
}
