namespace Plumbline.TraceStore;

/// <summary>Traces that changed, as they are now.</summary>
/// <param name="Traces">Those that match the watcher's filter.</param>
/// <param name="Missed">Changes that were dropped because the watcher was too far behind; it should ask for its page again.</param>
public sealed record TraceChanges(IReadOnlyList<TraceSummary> Traces, int Missed);
