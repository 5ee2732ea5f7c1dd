using System.Runtime.CompilerServices;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

internal sealed record PlaygroundDelta(string RunId, string Text);

internal sealed record PlaygroundFinished(PlaygroundRunView Run);

[ResolversFor("Subscription")]
internal sealed class RunSubscription(IGrainFactory grains, IAccessControl access)
{
    public async IAsyncEnumerable<object> PlaygroundRun(string id, Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (project, runId) = NodeId.ParseInProject(id, NodeKinds.PlaygroundRun);
        if (!RandomId.IsWellFormed(runId)) throw Failure.NotFound();
        await access.RequireAsync(caller, project, Permission.RunPlayground, cancellationToken);
        var updates = grains.GetGrain<IPlaygroundRunGrain>(project.Child(runId)).WatchAsync(cancellationToken);
        await foreach (var update in access.WhileAllowedAsync(caller, project, Permission.RunPlayground, updates, cancellationToken))
            yield return update.Finished is { } run ? new PlaygroundFinished(run) : new PlaygroundDelta(id, update.Text ?? "");
    }
}
