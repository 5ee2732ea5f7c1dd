using System.Runtime.CompilerServices;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("Subscription")]
internal sealed class TraceSubscription(ITraceReader reader, ReadingGate gate, IAccessControl access, TimeProvider clock)
{
    public async IAsyncEnumerable<TraceView> TraceUpdated(
        string projectId, TraceFilter? where, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(projectId);
        await gate.EnterAsync(project, caller, cancellationToken);
        FilterDepth.Require(where);
        FilterSize.Require(where);
        var changes = access.WhileAllowedAsync(
            caller, project, Permission.ReadTraces,
            reader.WatchAsync(project, TraceConditions.AreIn(where) ? null : where, cancellationToken), cancellationToken);
        await foreach (var trace in changes.WithCancellation(cancellationToken))
        {
            if (await Reopening.AskAsync(() => ShowAsync(project, where, trace, caller, cancellationToken), clock, cancellationToken) is { } shown)
                yield return shown;
        }
    }

    // Asked anew for each: who was given work meanwhile is blinded from now on.
    private async ValueTask<TraceView?> ShowAsync(ProjectKey project, TraceFilter? where, TraceView trace, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(project, caller, cancellationToken);
        var isShown = !scope.Blinded.BlindedTraceIds.Contains(trace.TraceId) && await MatchesAsync(scope, where, trace, cancellationToken);
        if (!isShown) return null;
        await gate.RecordFoundAsync(scope, where, [trace.TraceId], cancellationToken);
        return scope.Show(trace);
    }

    // Conditions that the shard does not know are resolved anew for each trace.
    private async ValueTask<bool> MatchesAsync(ReadingScope scope, TraceFilter? where, TraceView trace, CancellationToken cancellationToken)
    {
        if (!TraceConditions.AreIn(where)) return true;
        var resolved = (await gate.ScopeAsync(scope, where, cancellationToken)) with { Only = new[] { trace.TraceId } };
        return !(await reader.TracesAsync(trace.Project, new() { Scope = resolved, First = 1 }, cancellationToken)).Items.IsEmpty;
    }
}
