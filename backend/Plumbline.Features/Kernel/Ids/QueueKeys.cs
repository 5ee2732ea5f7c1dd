using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Ids;

/// <summary>The id of a review queue.</summary>
internal readonly record struct QueueKey(ProjectKey Project, string QueueId) : IProjectId
{
    public static QueueKey? Read(string key) =>
        ProjectIds.Split(key, 1) is var (project, parts) && RandomId.IsWellFormed(parts[0]) ? new(project, parts[0]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static QueueKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.ReviewQueue)) ?? throw Failure.NotFound();
}

/// <summary>The id of something in a review queue: an item, an assignment, a review.</summary>
internal readonly record struct QueuePartKey(ProjectKey Project, string QueueId, string PartId) : IProjectId
{
    public QueueKey Queue => new(Project, QueueId);

    public static QueuePartKey? Read(string key) =>
        ProjectIds.Split(key, 2) is var (project, parts) && Array.TrueForAll(parts, RandomId.IsWellFormed) ? new(project, parts[0], parts[1]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none of this kind.</exception>
    public static QueuePartKey Parse(string id, string kind) => Read(NodeId.Parse(id, kind)) ?? throw Failure.NotFound();
}
