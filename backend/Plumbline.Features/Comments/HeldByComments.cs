using Plumbline.Contracts;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Comments;

/// <summary>The comments on a project's traces.</summary>
internal sealed class HeldByComments(IGrainFactory grains) : ITraceHolder
{
    public HeldThing Thing => HeldThing.Comment;

    public async ValueTask<IReadOnlySet<string>> HeldAsync(ProjectKey project, CancellationToken cancellationToken) =>
        (await grains.GetGrain<ICommentedTracesGrain>(project.ToString()).List()).ToHashSet(StringComparer.Ordinal);

    public async ValueTask<int> EraseAsync(ProjectKey project, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var traceId in (await HeldAsync(project, cancellationToken)).Intersect(traceIds))
        {
            var comments = grains.GetGrain<ITraceCommentsGrain>(project.Child(traceId));
            erased += (await comments.List()).Sum(thread => 1 + thread.Replies.Length);
            await comments.Erase();
        }
        return erased;
    }
}
