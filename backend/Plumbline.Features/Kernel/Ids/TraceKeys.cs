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

    /// <summary>Reads the id of a trace where the project is known: the API's, or the one that SDKs print, 32 hexadecimal digits.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none of this project's.</exception>
    public static TraceKey Within(ProjectKey project, string id) =>
        TraceStore.TraceId.TryParse(id, out var plain) ? new(project, plain.ToString()) : Parse(id).In(project);
}

/// <summary>The id of a span.</summary>
internal readonly record struct SpanKey(ProjectKey Project, string TraceId, string SpanId) : IProjectId
{
    public SpanReference Reference => new(TraceId, SpanId);

    public static SpanKey? Read(string key) => ProjectIds.Split(key, 2) is var (project, parts) ? new(project, parts[0], parts[1]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static SpanKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.Span)) ?? throw Failure.NotFound();

    /// <summary>Reads the id of a span where its trace is known: the API's, or the one that SDKs print, 16 hexadecimal digits.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none of this project's.</exception>
    public static SpanKey Within(ProjectKey project, string traceId, string id) =>
        TraceStore.SpanId.TryParse(id, out var plain) ? new(project, traceId, plain.ToString()) : Parse(id).In(project);
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
