using System.Collections.Immutable;

namespace Plumbline.Contracts.Comments;

/// <summary>The comments on one trace. Key: <c>organization/project/traceId</c>. Callers have passed the permission and blinding checks.</summary>
public interface ITraceCommentsGrain : IGrainWithStringKey
{
    /// <summary>The threads, oldest first.</summary>
    Task<ImmutableArray<CommentView>> List();

    /// <summary>Writes a comment, or an answer to one. An answer opens its thread again.</summary>
    Task<CommentView> Add(NewComment comment);

    /// <summary>Changes the text. Only its author may.</summary>
    Task<CommentView> Edit(string commentId, string body, string by);

    /// <summary>Says that the thread is done with. Saying it again changes nothing.</summary>
    Task<CommentView> Resolve(string commentId);

    /// <summary>Takes a comment away: its author may, and <paramref name="asModerator"/> anybody. A comment that others have answered stays.</summary>
    Task Delete(string commentId, string by, bool asModerator);

    /// <summary>The comment, or null.</summary>
    Task<CommentView?> Find(string commentId);

    /// <summary>Forgets all of them for ever.</summary>
    Task Erase();
}

/// <summary>Knows which traces of a project have been commented on. Key: <c>organization/project</c>.</summary>
public interface ICommentedTracesGrain : IGrainWithStringKey
{
    /// <summary>To be called before a comment is written, so that no commented trace is ever missing here.</summary>
    Task Add(string traceId);

    Task Remove(string traceId);

    /// <summary>Every trace that has, or had, comments.</summary>
    Task<ImmutableArray<string>> List();
}
