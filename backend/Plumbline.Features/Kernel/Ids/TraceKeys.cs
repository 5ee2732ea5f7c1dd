using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Kernel.Ids;

/// <summary>The id of a trace.</summary>
internal readonly record struct TraceKey(ProjectKey Project, string TraceId) : IProjectId
{
    public static TraceKey? Read(string key) => ProjectIds.Split(key, 1) is var (project, parts) ? new(project, parts[0]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static TraceKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.Trace)) ?? throw Failure.NotFound();
}

/// <summary>The id of a span.</summary>
internal readonly record struct SpanKey(ProjectKey Project, string TraceId, string SpanId) : IProjectId
{
    public SpanReference Reference => new(TraceId, SpanId);

    public static SpanKey? Read(string key) => ProjectIds.Split(key, 2) is var (project, parts) ? new(project, parts[0], parts[1]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static SpanKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.Span)) ?? throw Failure.NotFound();
}

/// <summary>The id of a comment on a trace.</summary>
internal readonly record struct CommentKey(ProjectKey Project, string TraceId, string CommentId) : IProjectId
{
    public static CommentKey? Read(string key) =>
        ProjectIds.Split(key, 2) is var (project, parts) && RandomId.IsWellFormed(parts[1]) ? new(project, parts[0], parts[1]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static CommentKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.Comment)) ?? throw Failure.NotFound();
}
