using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Plumbline.Host.Telemetry;

/// <summary>Makes the providers beside the rest of the start, which they would hold up by some hundred milliseconds, and has them ready before grains and
/// ports.</summary>
internal sealed class TelemetryStart(IServiceProvider services) : ITelemetryHostInitializer, IHostedService
{
    private readonly Lock _gate = new();
    private Task? _made;

    /// <summary>Begins, unless it has begun. Returns at once.</summary>
    public void Initialize() => _ = MadeAsync();

    public Task StartAsync(CancellationToken cancellationToken) => MadeAsync().WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task MadeAsync()
    {
        lock (_gate) return _made ??= Task.Run(() => (services.GetService<MeterProvider>(), services.GetService<TracerProvider>()));
    }
}
