using OpenTelemetry;
using OpenTelemetry.Resources;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Telemetry;

/// <summary>What the server tells about its own work: metrics to be read at <c>/metrics</c>, spans and metrics sent by OTLP. What nobody is to get is not made.</summary>
internal static class TelemetryComposition
{
    private const string ServiceName = "plumbline";

    /// <summary>Adds the providers that the options ask for. Before the grains: what is counted while those start would be missed.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, ServerOptions options)
    {
        var (wantsMetrics, wantsTraces) = (options.Metrics != MetricsAudience.Off || options.Telemetry.Metrics is not null, options.Telemetry.Traces is not null);
        if (!wantsMetrics && !wantsTraces) return;
        builder.Services.AddSingleton<TelemetryStart>();
        builder.Services.AddSingleton<ITelemetryHostInitializer>(services => services.GetRequiredService<TelemetryStart>());
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (wantsMetrics) telemetry.WithMetrics(metrics => ServerMetrics.Configure(metrics, options));
        if (wantsMetrics && options.Telemetry.Projects == ProjectMetrics.On) builder.Services.AddProjectMetrics();
        if (options.Telemetry.Traces is { } target) telemetry.WithTracing(tracing => ServerTraces.Configure(tracing, target));
        if (options.Telemetry.Traces is not null || options.Telemetry.Metrics is not null) builder.Services.AddHostedService<ExportFaults>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryStart>());
    }

    // The standard variables are read again after the name, so that they win.
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService(ServiceName, serviceVersion: typeof(TelemetryComposition).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector();
}
