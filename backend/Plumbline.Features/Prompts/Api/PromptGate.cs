using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Prompts.Api;

/// <summary>Checks callers before anything of a project's prompts is read or changed.</summary>
internal sealed class PromptGate(IAccessControl access)
{
    /// <summary>Reading prompts takes a part in the project that deals with them: reviewers have none.</summary>
    public async ValueTask<ProjectScope> EnterAsync(Caller caller, ProjectKey project, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, cancellationToken);
        return scope.Has(Permission.ReadTraces) || scope.Has(Permission.EditPrompts)
            ? scope
            : throw Failure.Forbidden("Your role does not include prompts.");
    }

    /// <summary>The project and name of a prompt's id.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND.</exception>
    public static (ProjectKey Project, string Name) Parse(string id)
    {
        var (project, name) = NodeId.ParseInProject(id, NodeKinds.Prompt);
        return PromptName.IsWellFormed(name) ? (project, name) : throw Failure.NotFound();
    }
}
