using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;

namespace Plumbline.Features.Datasets.Api;

/// <summary>Reads ids and checks permissions for everything about datasets.</summary>
internal sealed class DatasetGate(IGrainFactory grains, IAccessControl access)
{
    public static (ProjectKey Project, string DatasetId) Parse(string id)
    {
        var (project, datasetId) = NodeId.ParseInProject(id, NodeKinds.Dataset);
        return RandomId.IsWellFormed(datasetId) ? (project, datasetId) : throw Failure.NotFound();
    }

    public static (ProjectKey Project, string DatasetId, string ItemId) ParseItem(string id)
    {
        var (project, rest) = NodeId.ParseInProject(id, NodeKinds.DatasetItem);
        var parts = rest.Split('/');
        return parts.Length == 2 && RandomId.IsWellFormed(parts[0]) && RandomId.IsWellFormed(parts[1]) ? (project, parts[0], parts[1]) : throw Failure.NotFound();
    }

    public IDatasetGrain Grain(ProjectKey project, string datasetId) => grains.GetGrain<IDatasetGrain>(project.Child(datasetId));

    public async Task<IDatasetGrain> RequireCuratorAsync(Caller caller, ProjectKey project, string datasetId, CancellationToken cancellationToken)
    {
        await access.RequireAsync(caller, project, Permission.CurateDatasets, cancellationToken);
        return Grain(project, datasetId);
    }

    /// <summary>Whoever reads traces or curates may read datasets.</summary>
    public async Task RequireReaderAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!await MayReadAsync(caller, project, cancellationToken)) throw Failure.Forbidden("Datasets are for those who read traces or curate. Ask an administrator.");
    }

    public async Task<bool> MayReadAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        return granted.Has(Permission.ReadTraces) || granted.Has(Permission.CurateDatasets);
    }

    /// <summary>A dataset that was named but not written before the process ended does not exist.</summary>
    public async Task<DatasetView?> FindAsync(ProjectKey project, string datasetId)
    {
        try
        {
            return await Grain(project, datasetId).Get();
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }
}
