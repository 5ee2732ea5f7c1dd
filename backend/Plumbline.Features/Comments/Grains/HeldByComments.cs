using Plumbline.Contracts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Comments.Grains;

/// <summary>The comments on a project's traces.</summary>
internal sealed class HeldByComments(CommentDirectory directory) : ITraceHolder
{
    public HeldThing Thing => HeldThing.Comment;

    public async ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken) =>
        await directory.CommentedTracesAsync(project);

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var traceId in (await HeldAsync(project, cancellationToken)).Intersect(traceIds))
        {
            var comments = directory.OfTrace(project, traceId);
            erased += (await comments.ListAsync()).Sum(thread => 1 + thread.Replies.Length);
            await comments.EraseAsync();
        }
        return erased;
    }
}
