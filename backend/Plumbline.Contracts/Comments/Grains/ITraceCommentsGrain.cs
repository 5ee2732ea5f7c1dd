using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Comments;

/// <summary>The comments on one trace. Key: <c>organization/project/traceId</c>. Callers have passed the permission and blinding checks.</summary>
[Alias("ITraceCommentsGrain")]
public interface ITraceCommentsGrain : IGrainWithStringKey
{
    /// <summary>The threads, oldest first.</summary>
    [Alias("List"), Repeatable]
    Task<ImmutableArray<CommentView>> ListAsync();

    /// <summary>Writes a comment, or an answer to one. An answer opens its thread again. The same request again gets the comment it has written.</summary>
    [Alias("Add")]
    Task<CommentView> AddAsync(NewComment comment);

    /// <summary>Changes the text. Only its author may.</summary>
    [Alias("Edit")]
    Task<CommentView> EditAsync(string commentId, string body, string by);

    /// <summary>Says that the thread is done with. Saying it again changes nothing.</summary>
    [Alias("Resolve")]
    Task<CommentView> ResolveAsync(string commentId);

    /// <summary>Takes a comment away: its author may, and <paramref name="asModerator"/> anybody. A comment that others have answered stays.</summary>
    [Alias("Delete")]
    Task DeleteAsync(string commentId, string by, bool asModerator);

    /// <summary>The comment, or null.</summary>
    [Alias("Find"), Repeatable]
    Task<CommentView?> FindAsync(string commentId);

    /// <summary>Forgets all of them for ever.</summary>
    [Alias("Erase")]
    Task EraseAsync();
}
