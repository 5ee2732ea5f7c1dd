using System.Runtime.CompilerServices;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

internal sealed record PlaygroundDelta(string RunId, string Text);

internal sealed record PlaygroundFinished(PlaygroundRunView Run);

[ResolversFor("Subscription")]
internal sealed class RunSubscription(IAccessControl access, RunGate gate, ITraceOpenings openings, TimeProvider clock)
{
    public async IAsyncEnumerable<object> PlaygroundRun(string id, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (project, runId) = NodeId.ParseInProject(id, NodeKinds.PlaygroundRun);
        if (!RandomId.IsWellFormed(runId)) throw Failure.NotFound();
        var scope = await gate.EnterAsync(project, caller, cancellationToken);
        var grain = scope.Run(runId);
        if (await grain.FindAsync() is { } known) await gate.ShowAsync(known, scope, cancellationToken);
        var updates = new RunNews(grain, clock).WatchAsync(cancellationToken);
        await foreach (var update in access.WhileAllowedAsync(caller, project, Permission.RunPlayground, updates, cancellationToken))
        {
            if (update.Finished is not { } run)
            {
                yield return new PlaygroundDelta(id, update.Text ?? "");
                continue;
            }
            var shown = await Reopening.AskAsync(() => ShowAsync(run, caller, cancellationToken), clock, cancellationToken);
            if (shown.TraceId is { } traceId && caller.PersonId is { } person)
                await openings.RecordAsync(project, person, [traceId], SeenKind.Opened, cancellationToken);
            yield return new PlaygroundFinished(shown);
        }
    }

    // Let in anew: who was given the output to review meanwhile is blinded from now on.
    private async ValueTask<PlaygroundRunView> ShowAsync(PlaygroundRunView run, Caller caller, CancellationToken cancellationToken) =>
        await gate.ShowAsync(run, await gate.EnterAsync(run.Project, caller, cancellationToken), cancellationToken);
}
