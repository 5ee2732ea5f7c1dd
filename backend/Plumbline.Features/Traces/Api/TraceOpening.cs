using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>Opens single traces for callers, and remembers which person opened which.</summary>
internal sealed class TraceOpening(ITraceReader reader, ITraceOpenings openings)
{
    /// <summary>The trace, or null when there is none.</summary>
    /// <exception cref="RequestFailedException">BLINDED: it is hidden from the caller.</exception>
    public async ValueTask<TraceView?> OpenAsync(ReadingScope scope, string traceId, CancellationToken cancellationToken)
    {
        if (scope.Blinded.HiddenTraceIds.Contains(traceId))
            throw new RequestFailedException(FailureCode.Blinded, "You may still be asked to review an output of this trace, so it is hidden until you have.");
        if (await reader.FindTraceAsync(scope.Access.Project, traceId, cancellationToken) is not { } found) return null;
        if (scope.Access.UserId is { } user) await openings.RecordAsync(scope.Access.Project, user, [traceId], SeenKind.Opened, cancellationToken);
        return scope.Show(found.Trace);
    }
}
