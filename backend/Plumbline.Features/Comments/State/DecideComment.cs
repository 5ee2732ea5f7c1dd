using Plumbline.Contracts;
using Plumbline.Contracts.Comments;

namespace Plumbline.Features.Comments.State;

/// <summary>What may be done with comments, and what comes of it.</summary>
internal static class DecideComment
{
    public static CommentsState Add(CommentsState state, NewComment comment, string commentId, CommentsOptions options, DateTimeOffset now)
    {
        if (state.Comments.Length >= options.MaxComments)
            throw Failure.BadInput($"This trace has {options.MaxComments} comments, which is the most it may have.");
        var thread = comment.ParentCommentId is { } parent ? ThreadOf(state, parent) : null;
        var added = new StoredComment
        {
            CommentId = commentId,
            ParentId = thread?.CommentId,
            SpanId = thread is null ? comment.OfSpanId : thread.SpanId,
            AuthorId = comment.AuthorId,
            Body = Body(comment.Body, options),
            CreatedAt = now,
            RequestContent = comment.Request?.Content,
        };
        if (thread?.ResolvedAt is not null) state = Replace(state, thread with { ResolvedAt = null });
        return state with { Comments = state.Comments.Add(added) };
    }

    public static CommentsState Edit(CommentsState state, string commentId, string body, string by, CommentsOptions options, DateTimeOffset now)
    {
        var comment = Require(state, commentId);
        if (comment.AuthorId != by) throw Failure.Forbidden("Only its author may change a comment. Answer it instead.");
        var text = Body(body, options);
        return text == comment.Body ? state : Replace(state, comment with { Body = text, EditedAt = now });
    }

    public static CommentsState Resolve(CommentsState state, string commentId, DateTimeOffset now)
    {
        var thread = ThreadOf(state, commentId);
        return thread.ResolvedAt is null ? Replace(state, thread with { ResolvedAt = now }) : state;
    }

    public static CommentsState Delete(CommentsState state, string commentId, string by, bool asModerator)
    {
        var comment = Require(state, commentId);
        if (comment.AuthorId != by && !asModerator) throw Failure.Forbidden("Only its author or an administrator may delete a comment.");
        if (!asModerator && state.Comments.Any(c => c.ParentId == commentId && c.AuthorId != by))
            throw Failure.Conflict("Others have answered this comment, so it stays. Change its text instead.");
        return state with { Comments = state.Comments.RemoveAll(c => c.CommentId == commentId || c.ParentId == commentId) };
    }

    /// <summary>The comment that a request has written before.</summary>
    public static StoredComment? WrittenBy(CommentsState state, RequestKey? request)
    {
        var written = request is null ? null : state.Comments.FirstOrDefault(c => c.CommentId == request.Id);
        if (written is not null) request!.RequireSame(written.RequestContent);
        return written;
    }

    public static StoredComment Require(CommentsState state, string commentId) =>
        state.Comments.FirstOrDefault(c => c.CommentId == commentId) ?? throw Failure.NotFound();

    /// <summary>Threads are one level deep: an answer to an answer belongs to the same thread.</summary>
    private static StoredComment ThreadOf(CommentsState state, string commentId)
    {
        var comment = Require(state, commentId);
        return comment.ParentId is { } parent ? Require(state, parent) : comment;
    }

    private static CommentsState Replace(CommentsState state, StoredComment changed)
    {
        var at = state.Comments.IndexOf(Require(state, changed.CommentId));
        return state with { Comments = state.Comments.SetItem(at, changed) };
    }

    private static string Body(string body, CommentsOptions options)
    {
        var text = body.Trim();
        if (text.Length == 0) throw Failure.BadInput("Write something: the comment is empty.");
        return text.Length <= options.MaxBodyLength
            ? text
            : throw Failure.BadInput($"A comment has at most {options.MaxBodyLength} characters; this one has {text.Length}.");
    }
}
