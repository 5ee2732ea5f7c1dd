using System.Collections.Immutable;

namespace Plumbline.Features.Comments.State;

/// <summary>The comments on one trace, in the order in which they were written.</summary>
[GenerateSerializer, Alias("CommentsState"), Immutable]
internal sealed record CommentsState
{
    [Id(0)] public ImmutableArray<StoredComment> Comments { get; init; } = [];
}

[GenerateSerializer, Alias("StoredComment"), Immutable]
internal sealed record StoredComment
{
    [Id(0)] public required string CommentId { get; init; }

    [Id(1)] public string? ParentId { get; init; }

    [Id(2)] public string? SpanId { get; init; }

    [Id(3)] public required string AuthorId { get; init; }

    [Id(4)] public required string Body { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public DateTimeOffset? EditedAt { get; init; }

    [Id(7)] public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary><see cref="Plumbline.Contracts.RequestKey.Content"/> of the request that wrote it.</summary>
    [Id(8)] public string? RequestContent { get; init; }
}
