using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>Opens single traces for callers, and remembers which person opened which.</summary>
internal sealed class TraceOpening(ITraceReader reader, ITraceOpenings openings)
{
    /// <summary>The trace as the caller may see it, or null when there is none: what evaluators said is left out while they are still to judge it.</summary>
    /// <exception cref="RequestFailedException">BLINDED: it is hidden from the caller, or nothing is left of it.</exception>
    public async ValueTask<TraceDetail?> OpenAsync(ReadingScope scope, string traceId, CancellationToken cancellationToken)
    {
        var (project, isBlinded) = (scope.Access.Project, scope.Blinded.BlindedTraceIds.Contains(traceId));
        if (scope.Blinded.HiddenTraceIds.Contains(traceId)) throw Blinded();
        var found = isBlinded
            ? await reader.FindTraceWithoutScoresAsync(project, traceId, cancellationToken)
            : await reader.FindTraceAsync(project, traceId, cancellationToken);
        if (found is null) return isBlinded ? throw Blinded() : null;
        if (scope.Access.PersonId is { } person) await openings.RecordAsync(project, person, [traceId], SeenKind.Opened, cancellationToken);
        return new(scope.Show(found.Trace), [.. found.Spans.Select(scope.Show)]);
    }

    private static RequestFailedException Blinded() =>
        new(FailureCode.Blinded, "You may still be asked to review an output of this trace, so it is hidden until you have.");
}
