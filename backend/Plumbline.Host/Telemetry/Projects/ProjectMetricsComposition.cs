using Plumbline.Host.Configuration;

namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Metrics that tell projects and models apart, for installations that ask for them.</summary>
internal static class ProjectMetricsComposition
{
    public static void AddProjectMetrics(this IServiceCollection services)
    {
        services.AddSingleton<ProjectFiguresReader>();
        services.AddSingleton(provider => new ProjectGauges(provider.GetRequiredService<ServerOptions>().Telemetry.MaxProjectSeries));
        services.AddHostedService<ProjectMetricsRefresh>();
    }
}
