using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Comments.Api;

[ResolversFor("Mutation")]
internal sealed class CommentMutations(CommentGate gate, ITraceReader traces, IContentRedactor redactor)
{
    public async Task<CommentPayload> AddComment(AddCommentInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var traceId = TraceKey.Within(project, input.TraceId).TraceId;
        var (comments, _) = await gate.RequireAsync(caller, project, traceId, cancellationToken);
        var author = CommentGate.RequirePerson(caller);
        var spanId = await FindAsync(project, traceId, input.SpanId, cancellationToken);
        var added = await comments.AddAsync(new NewComment
        {
            AuthorId = author,
            Body = (await redactor.ForAsync(project, cancellationToken)).Text(input.Body),
            OfSpanId = spanId,
            ParentCommentId = ParentOf(project, traceId, input.ParentId),
            Request = RequestKey.Of(caller, project.ToString(), "addComment", input.RequestId, input),
        });
        return new CommentPayload(added);
    }

    public async Task<CommentPayload> UpdateComment(UpdateCommentInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, traceId, commentId) = CommentKey.Parse(input.Id);
        var (comments, _) = await gate.RequireAsync(caller, project, traceId, cancellationToken);
        var body = (await redactor.ForAsync(project, cancellationToken)).Text(input.Body);
        return new CommentPayload(await comments.EditAsync(commentId, body, CommentGate.RequirePerson(caller)));
    }

    public async Task<CommentPayload> ResolveComment(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, traceId, commentId) = CommentKey.Parse(input.Id);
        var (comments, _) = await gate.RequireAsync(caller, project, traceId, cancellationToken);
        CommentGate.RequirePerson(caller);
        return new CommentPayload(await comments.ResolveAsync(commentId));
    }

    public async Task<DeleteCommentPayload> DeleteComment(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, traceId, commentId) = CommentKey.Parse(input.Id);
        var (comments, scope) = await gate.RequireAsync(caller, project, traceId, cancellationToken);
        await comments.DeleteAsync(commentId, CommentGate.RequirePerson(caller), scope.Has(Permission.ManageProject));
        return new DeleteCommentPayload(input.Id);
    }

    /// <summary>Checks that the trace is there, and that the span, if one is named, is one of its own.</summary>
    private async ValueTask<string?> FindAsync(ProjectKey project, string traceId, string? spanId, CancellationToken cancellationToken)
    {
        if (spanId is null) return await traces.FindTraceAsync(project, traceId, cancellationToken) is null ? throw Failure.NotFound() : null;
        var span = SpanKey.Within(project, traceId, spanId);
        if (span.TraceId != traceId) throw Failure.BadInput("The span is none of this trace. Send the id of one of its spans, or none.");
        return await traces.FindSpanAsync(project, span.Reference, cancellationToken) is null ? throw Failure.NotFound() : span.SpanId;
    }

    private static string? ParentOf(ProjectKey project, string traceId, string? parentId)
    {
        if (parentId is null) return null;
        var parent = CommentKey.Parse(parentId).In(project);
        return parent.TraceId == traceId ? parent.CommentId : throw Failure.NotFound();
    }
}

internal sealed record AddCommentInput(string ProjectId, string TraceId, string? SpanId, string? ParentId, string Body, string? RequestId = null);

internal sealed record UpdateCommentInput(string Id, string Body);

internal sealed record CommentPayload(CommentView Comment);

internal sealed record DeleteCommentPayload(string DeletedId);
