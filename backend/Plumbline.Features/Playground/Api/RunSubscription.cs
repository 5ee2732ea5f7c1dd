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
internal sealed class RunSubscription(IGrainFactory grains, IAccessControl access, RunGate gate, ITraceOpenings openings, TimeProvider clock)
{
    public async IAsyncEnumerable<object> PlaygroundRun(string id, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (project, runId) = NodeId.ParseInProject(id, NodeKinds.PlaygroundRun);
        if (!RandomId.IsWellFormed(runId)) throw Failure.NotFound();
        await gate.EnterAsync(project, caller, cancellationToken);
        var grain = grains.GetGrain<IPlaygroundRunGrain>(project.Child(runId));
        if (await grain.FindAsync() is { } known) await gate.ShowAsync(known, caller, cancellationToken);
        var updates = new RunNews(grain, clock).WatchAsync(cancellationToken);
        await foreach (var update in access.WhileAllowedAsync(caller, project, Permission.RunPlayground, updates, cancellationToken))
        {
            if (update.Finished is not { } run)
            {
                yield return new PlaygroundDelta(id, update.Text ?? "");
                continue;
            }
            var shown = await Reopening.AskAsync(() => gate.ShowAsync(run, caller, cancellationToken), clock, cancellationToken);
            if (shown.TraceId is { } traceId && caller.UserId is { } userId)
                await openings.RecordAsync(project, userId, [traceId], SeenKind.Opened, cancellationToken);
            yield return new PlaygroundFinished(shown);
        }
    }
}
