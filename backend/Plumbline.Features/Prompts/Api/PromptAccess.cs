using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;

namespace Plumbline.Features.Prompts.Api;

/// <summary>Finds prompts by the ids of the API, after the permission check.</summary>
internal sealed class PromptAccess(IGrainFactory grains, IAccessControl access)
{
    /// <summary>Reading prompts takes a part in the project that deals with them: reviewers have none.</summary>
    public async ValueTask RequireReadAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var granted = await access.RequireAsync(caller, project, cancellationToken);
        if (!granted.Has(Permission.ReadTraces) && !granted.Has(Permission.EditPrompts)) throw Failure.Forbidden("Your role does not include prompts.");
    }

    public IPromptGrain Grain(ProjectKey project, string name) => grains.GetGrain<IPromptGrain>(project.Child(name));

    public IPromptDirectoryGrain Directory(ProjectKey project) => grains.GetGrain<IPromptDirectoryGrain>(project.ToString());

    /// <summary>The project and name of a prompt's id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND.</exception>
    public static (ProjectKey Project, string Name) Parse(string id)
    {
        var (project, name) = NodeId.ParseInProject(id, NodeKinds.Prompt);
        return PromptName.IsWellFormed(name) ? (project, name) : throw Failure.NotFound();
    }
}
