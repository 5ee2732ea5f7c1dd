using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Comments;

/// <summary>The comments on one trace. Key: <c>organization/project/traceId</c>. Callers have passed the permission and blinding checks.</summary>
[Alias("ITraceCommentsGrain")]
public interface ITraceCommentsGrain : IGrainWithStringKey
{
    /// <summary>The threads, oldest first.</summary>
    [Alias("List"), Repeatable]
    Task<ImmutableArray<CommentView>> List();

    /// <summary>Writes a comment, or an answer to one. An answer opens its thread again. The same request again gets the comment it has written.</summary>
    [Alias("Add")]
    Task<CommentView> Add(NewComment comment);

    /// <summary>Changes the text. Only its author may.</summary>
    [Alias("Edit")]
    Task<CommentView> Edit(string commentId, string body, string by);

    /// <summary>Says that the thread is done with. Saying it again changes nothing.</summary>
    [Alias("Resolve")]
    Task<CommentView> Resolve(string commentId);

    /// <summary>Takes a comment away: its author may, and <paramref name="asModerator"/> anybody. A comment that others have answered stays.</summary>
    [Alias("Delete")]
    Task Delete(string commentId, string by, bool asModerator);

    /// <summary>The comment, or null.</summary>
    [Alias("Find"), Repeatable]
    Task<CommentView?> Find(string commentId);

    /// <summary>Forgets all of them for ever.</summary>
    [Alias("Erase")]
    Task Erase();
}

/// <summary>Knows which traces of a project have been commented on. Key: <c>organization/project</c>.</summary>
[Alias("ICommentedTracesGrain")]
public interface ICommentedTracesGrain : IGrainWithStringKey
{
    /// <summary>To be called before a comment is written, so that no commented trace is ever missing here.</summary>
    [Alias("Add")]
    Task Add(string traceId);

    [Alias("Remove")]
    Task Remove(string traceId);

    /// <summary>Every trace that has, or had, comments.</summary>
    [Alias("List"), Repeatable]
    Task<ImmutableArray<string>> List();
}
