using Plumbline.Host.Configuration;

namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Reads the figures of the projects anew every minute. What could not be read is not shown: old figures may hold what has become pending
/// since.</summary>
internal sealed partial class ProjectMetricsRefresh(
    ProjectFiguresReader reader, ProjectGauges gauges, ServerOptions options, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<ProjectMetricsRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // While the server stops, grains do before this does.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await StartedAsync(stop.Token);
        using var timer = new PeriodicTimer(Period, clock);
        do await RefreshAsync(stop.Token);
        while (await timer.WaitForNextTickAsync(stop.Token));
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            gauges.Show(SeriesLimit.Apply(await reader.ReadAsync(cancellationToken), options.Telemetry.MaxProjectSeries));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            gauges.Show(ProjectFigures.None);
            LogNotRead(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The figures of the projects could not be read for the metrics and are tried again in a minute")]
    private partial void LogNotRead(Exception failure);
}
