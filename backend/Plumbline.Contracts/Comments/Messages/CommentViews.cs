using System.Collections.Immutable;

namespace Plumbline.Contracts.Comments;

/// <summary>What a person said about a trace or one of its spans, with the answers to it: type Comment.</summary>
[GenerateSerializer, Alias("CommentView"), Immutable]
public sealed record CommentView
{
    [Id(0)] public required ProjectKey Project { get; init; }

    [Id(1)] public required string TraceId { get; init; }

    [Id(2)] public required string CommentId { get; init; }

    /// <summary>The comment it answers, or null.</summary>
    [Id(3)] public string? ParentCommentId { get; init; }

    /// <summary>The span it is about; null when it is about the whole trace.</summary>
    [Id(4)] public string? OfSpanId { get; init; }

    [Id(5)] public required string AuthorId { get; init; }

    [Id(6)] public required string Body { get; init; }

    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(8)] public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When its thread was said to be done with; null while it is open. Answers have none of their own.</summary>
    [Id(9)] public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(10)] public ImmutableArray<CommentView> Replies { get; init; } = [];

    public string Id => NodeId.Format(NodeKinds.Comment, Project, $"{TraceId}/{CommentId}");

    public string? SpanId => OfSpanId is null ? null : NodeId.Format(NodeKinds.Span, Project, $"{TraceId}/{OfSpanId}");
}

/// <summary>A comment to be written.</summary>
[GenerateSerializer, Alias("NewComment"), Immutable]
public sealed record NewComment
{
    [Id(0)] public required string AuthorId { get; init; }

    [Id(1)] public required string Body { get; init; }

    [Id(2)] public string? OfSpanId { get; init; }

    [Id(3)] public string? ParentCommentId { get; init; }

    /// <summary>The request that writes it; null when its client has not named it.</summary>
    [Id(4)] public RequestKey? Request { get; init; }
}
