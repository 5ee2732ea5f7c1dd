using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Ids;

/// <summary>The id of a dataset.</summary>
internal readonly record struct DatasetKey(ProjectKey Project, string DatasetId) : IProjectId
{
    public static DatasetKey? Read(string key) =>
        ProjectIds.Split(key, 1) is var (project, parts) && RandomId.IsWellFormed(parts[0]) ? new(project, parts[0]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static DatasetKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.Dataset)) ?? throw Failure.NotFound();
}

/// <summary>The id of an example in a dataset.</summary>
internal readonly record struct DatasetItemKey(ProjectKey Project, string DatasetId, string ItemId) : IProjectId
{
    public DatasetKey Dataset => new(Project, DatasetId);

    public static DatasetItemKey? Read(string key) =>
        ProjectIds.Split(key, 2) is var (project, parts) && Array.TrueForAll(parts, RandomId.IsWellFormed) ? new(project, parts[0], parts[1]) : null;

    /// <summary>Reads an id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none.</exception>
    public static DatasetItemKey Parse(string id) => Read(NodeId.Parse(id, NodeKinds.DatasetItem)) ?? throw Failure.NotFound();
}
