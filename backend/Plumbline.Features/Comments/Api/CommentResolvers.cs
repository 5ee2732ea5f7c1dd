using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;

namespace Plumbline.Features.Comments.Api;

[ResolversFor("Trace")]
internal sealed class TraceCommentResolvers
{
    public async Task<IReadOnlyList<CommentView>> Comments([Parent] TraceView trace, CommentLoader comments, SeenLoader seen)
    {
        var found = await comments.LoadAsync((trace.Project, trace.TraceId));
        if (found is { IsBlinded: true }) throw CommentGate.Blinded();
        if (found is null or { Threads: [] }) return [];
        await seen.ListAsync(trace.Project, trace.TraceId);
        return found.Threads;
    }
}

[ResolversFor("Comment")]
internal sealed class CommentResolvers
{
    public async Task<UserView> Author([Parent] CommentView comment, UserLoader users) => await users.GetAsync(comment.AuthorId);
}

/// <summary>Comments by <c>node(id)</c>.</summary>
internal sealed class CommentNode(CommentGate gate) : INodeResolver
{
    public string Kind => NodeKinds.Comment;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (CommentKey.Read(key) is not var (project, traceId, commentId)) return null;
        var (comments, _) = await gate.RequireAsync(caller, project, traceId, cancellationToken);
        return await comments.FindAsync(commentId);
    }
}
