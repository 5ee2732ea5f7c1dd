using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Telemetry;

/// <summary>The meters that are read, and how. No label may take values that callers choose: projects and models have a limit of their own, and whatever else would grow without one is left out.</summary>
internal static class ServerMetrics
{
    /// <summary>Sets of labels of one instrument; what is beyond is summed up under <c>otel_metric_overflow</c>.</summary>
    private const int MaxSeries = 500;

    private const string HttpClient = "System.Net.Http";
    private static readonly string[] Meters = ["Plumbline.*", "Microsoft.Orleans", HttpClient];

    // Addresses of providers are their customers' affair.
    private static readonly MetricStreamConfiguration WithoutAddresses =
        new() { TagKeys = ["http.request.method", "http.response.status_code", "error.type"], CardinalityLimit = MaxSeries };

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
        _ => new() { CardinalityLimit = MaxSeries },
    };
}
