using System.ComponentModel.DataAnnotations;

namespace Plumbline.Features.Comments;

/// <summary>Limits of comments.</summary>
public sealed class CommentsOptions
{
    /// <summary>Comments on one trace, answers included. 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxComments { get; set; } = 1_000;

    /// <summary>Longest text of a comment, in characters. 10,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxBodyLength { get; set; } = 10_000;
}
