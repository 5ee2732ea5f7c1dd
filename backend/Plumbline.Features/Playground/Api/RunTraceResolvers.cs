using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

/// <summary>The trace of a run, for those who may read traces and are not to judge it unseen.</summary>
[ResolversFor("PlaygroundRun")]
internal sealed class RunTraceResolvers(IAccessControl access, ITraceReader traces, RunGate gate)
{
    public async Task<TraceView?> Trace([Parent] PlaygroundRunView run, Caller caller, SeenLoader seen, CancellationToken cancellationToken)
    {
        if (run.TraceId is null) return null;
        var scope = await access.RequireAsync(caller, run.Project, cancellationToken);
        if (!scope.Has(Permission.ReadTraces)) return null;
        if (await gate.HidesAsync(run, scope, cancellationToken)) return null;
        await seen.OpenAsync(run.Project, run.TraceId);
        var found = await gate.BlindsAsync(run, scope, cancellationToken)
            ? await traces.FindTraceWithoutScoresAsync(run.Project, run.TraceId, cancellationToken)
            : await traces.FindTraceAsync(run.Project, run.TraceId, cancellationToken);
        var trace = found?.Trace;
        return trace is null || scope.Has(Permission.ReadRawContent) ? trace : ContentRedaction.Of(trace);
    }
}
