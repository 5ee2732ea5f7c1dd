using System.Collections.Immutable;
using Plumbline.Contracts.Grains;

namespace Plumbline.Contracts.Comments;

/// <summary>Knows which traces of a project have been commented on. Key: <c>organization/project</c>.</summary>
[Alias("ICommentedTracesGrain")]
public interface ICommentedTracesGrain : IGrainWithStringKey
{
    /// <summary>To be called before a comment is written, so that no commented trace is ever missing here.</summary>
    [Alias("Add")]
    Task AddAsync(string traceId);

    [Alias("Remove")]
    Task RemoveAsync(string traceId);

    /// <summary>Every trace that has, or had, comments.</summary>
    [Alias("List"), Repeatable]
    Task<ImmutableArray<string>> ListAsync();
}
