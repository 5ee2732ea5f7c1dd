using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;

namespace Plumbline.Features.Datasets.Api;

/// <summary>Reads ids and checks permissions for everything about datasets.</summary>
internal sealed class DatasetGate(IGrainFactory grains, IAccessControl access)
{
    public IDatasetGrain Grain(ProjectKey project, string datasetId) => grains.GetGrain<IDatasetGrain>(project.Child(datasetId));

    public async Task<IDatasetGrain> RequireCuratorAsync(Caller caller, ProjectKey project, string datasetId, CancellationToken cancellationToken)
    {
        await access.RequireAsync(caller, project, Permission.CurateDatasets, cancellationToken);
        return Grain(project, datasetId);
    }

    /// <summary>Passes who may read what examples say: it was said in traces once. Curating alone is not reading.</summary>
    public async Task RequireContentReaderAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!await MayReadContentAsync(caller, project, cancellationToken))
            throw Failure.Forbidden(
                "What examples say is for those who read traces and their contents. A key needs the scope READ for that; a person, a role that reads traces.");
    }

    public async Task<bool> MayReadContentAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        return granted.Has(Permission.ReadTraces) && granted.Has(Permission.ReadRawContent);
    }

    /// <summary>Whoever reads traces or curates may read that there are datasets, and how large they are.</summary>
    public async Task RequireReaderAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        if (!await MayReadAsync(caller, project, cancellationToken))
            throw Failure.Forbidden("Datasets are for those who read traces or curate. Ask an administrator.");
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
