using System.Diagnostics.Tracing;

namespace Plumbline.Host.Telemetry;

/// <summary>Says in the log that the server's own telemetry does not arrive; the exporter itself keeps silent about it.</summary>
internal sealed partial class ExportFaults(ILogger<ExportFaults> logger, TimeProvider clock) : EventListener, IHostedService
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private long? _loggedAt;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter) EnableEvents(eventSource, EventLevel.Warning);
    }

    // What else goes with the event, such as the answer of the receiver, is not this server's to show.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (AddressOf(eventData) is { } receiver && IsTime()) LogFault(eventData.EventName ?? "failure", receiver);
    }

    private bool IsTime()
    {
        lock (_gate)
        {
            if (_loggedAt is { } logged && clock.GetElapsedTime(logged) < Silence) return false;
            _loggedAt = clock.GetTimestamp();
            return true;
        }
    }

    // Of an address only where it is: the rest of it may be a credential. Events without one are about something else than sending.
    private static string? AddressOf(EventWrittenEventArgs data) => data.Payload is [string text, ..] && Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
        : null;

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The server's own telemetry does not get through to {Receiver} ({Fault}). This is said every ten minutes at most")]
    private partial void LogFault(string fault, string receiver);
}
