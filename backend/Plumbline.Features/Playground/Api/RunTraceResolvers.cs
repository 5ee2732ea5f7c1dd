using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

/// <summary>The trace of a run, for those who may read traces and are not to judge it unseen.</summary>
[ResolversFor("PlaygroundRun")]
internal sealed class RunTraceResolvers(IAccessControl access, IEnumerable<ITraceReader> traces, RunGate gate)
{
    public async Task<TraceView?> Trace([Parent] PlaygroundRunView run, Caller caller, CancellationToken cancellationToken)
    {
        if (run.TraceId is null || traces.FirstOrDefault() is not { } reader) return null;
        var granted = await access.RequireAsync(caller, run.Project, cancellationToken);
        if (!granted.Has(Permission.ReadTraces)) return null;
        if (await gate.HidesAsync(run, caller, cancellationToken)) return null;
        var trace = (await reader.FindTraceAsync(run.Project, run.TraceId, cancellationToken))?.Trace;
        return granted.Has(Permission.ReadRawContent) ? trace : trace is null ? null : trace with { InputPreview = null, OutputPreview = null, ContentHidden = true };
    }
}
