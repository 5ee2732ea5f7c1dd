using OpenTelemetry;
using OpenTelemetry.Resources;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry.Projects;

namespace Plumbline.Host.Telemetry;

/// <summary>What the server tells about its own work: metrics to be read at <c>/metrics</c>, spans and metrics sent by OTLP. What nobody is to get is not
/// made.</summary>
internal static class TelemetryComposition
{
    private const string ServiceName = "plumbline";

    /// <summary>Adds the providers that the options ask for. Before the grains: what is counted while those start would be missed.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, ServerOptions options)
    {
        var (traces, metrics) = (options.Telemetry.Traces, options.Telemetry.Metrics);
        var wantsMetrics = options.Metrics != MetricsAudience.Off || metrics is not null;
        if (!wantsMetrics && traces is null) return;
        var telemetry = builder.Services.AddSingleton<TelemetryStart>()
            .AddSingleton<ITelemetryHostInitializer>(services => services.GetRequiredService<TelemetryStart>())
            .AddOpenTelemetry().ConfigureResource(Describe);
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryStart>());
        if (wantsMetrics) telemetry.WithMetrics(meters => ServerMetrics.Configure(meters, options));
        if (wantsMetrics && options.Telemetry.Projects == ProjectMetrics.On) builder.Services.AddProjectMetrics();
        if (traces is not null) telemetry.WithTracing(tracing => ServerTraces.Configure(tracing, traces));
        if (traces is not null || metrics is not null) builder.Services.AddHostedService<ExportFaults>();
    }

    // The standard variables are read again after the name, so that they win.
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService(ServiceName, serviceVersion: typeof(TelemetryComposition).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector();
}
