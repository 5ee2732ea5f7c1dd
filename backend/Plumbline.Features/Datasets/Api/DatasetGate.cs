using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;

namespace Plumbline.Features.Datasets.Api;

/// <summary>Checks callers before anything of a project's datasets is read or changed.</summary>
internal sealed class DatasetGate(IAccessControl access)
{
    public ValueTask<ProjectScope> EnterToCurateAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken) =>
        access.RequireAsync(caller, project, Permission.CurateDatasets, cancellationToken);

    /// <summary>Lets on whoever may read that there are datasets, and how large they are: who reads traces or curates.</summary>
    public async Task<ProjectScope> EnterAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        return MayRead(scope) ? scope : throw Failure.Forbidden("Datasets are for those who read traces or curate. Ask an administrator.");
    }

    /// <summary>Lets on whoever may read what examples say: it was said in traces once. Curating alone is not reading.</summary>
    public async Task<ProjectScope> EnterToReadContentAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        RequireContentReader(scope);
        return scope;
    }

    /// <inheritdoc cref="EnterToReadContentAsync"/>
    public static void RequireContentReader(ProjectScope scope)
    {
        if (MayReadContent(scope)) return;
        throw Failure.Forbidden(
            "What examples say is for those who read traces and their contents. A key needs the scope READ for that; a person, a role that reads traces.");
    }

    public static bool MayReadContent(ProjectScope scope) => scope.Has(Permission.ReadTraces) && scope.Has(Permission.ReadRawContent);

    public static bool MayRead(ProjectScope scope) => scope.Has(Permission.ReadTraces) || scope.Has(Permission.CurateDatasets);

    /// <summary>A dataset that was named but not written before the process ended does not exist.</summary>
    public static async Task<DatasetView?> FindAsync(ProjectScope scope, string datasetId)
    {
        try
        {
            return await scope.Dataset(datasetId).GetAsync();
        }
        catch (RequestFailedException e) when (e.Code == FailureCode.NotFound)
        {
            return null;
        }
    }
}
