using Plumbline.Contracts;
using Plumbline.Contracts.Comments;

namespace Plumbline.Features.Comments.Grains;

/// <summary>The comments of a project, for what the server does by itself: nobody asks, so nobody is checked.</summary>
internal sealed class CommentDirectory(IGrainFactory grains)
{
    public async Task<IReadOnlySet<string>> CommentedTracesAsync(ProjectKey project) =>
        (await grains.GetGrain<ICommentedTracesGrain>(project.ToString()).ListAsync()).ToHashSet(StringComparer.Ordinal);

    public ITraceCommentsGrain OfTrace(ProjectKey project, string traceId) => grains.GetGrain<ITraceCommentsGrain>(project.Child(traceId));
}
