using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Comments;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class CommentGrains
{
    public static ITraceCommentsGrain Comments(this ProjectScope scope, string traceId) => scope.Grain<ITraceCommentsGrain>(traceId);

    public static ICommentedTracesGrain CommentedTraces(this ProjectScope scope) => scope.Grain<ICommentedTracesGrain>();
}
