using System.Globalization;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Prompts.Content;
using Plumbline.GraphQL;

namespace Plumbline.Features.Prompts.Api;

internal sealed record PromptVersionPayload(PromptVersionView PromptVersion, bool Created);

internal sealed record PromptPayload(PromptView Prompt);

[ResolversFor("Mutation")]
internal sealed class PromptMutations(IAccessControl access, IAuditLog audit)
{
    public async Task<PromptVersionPayload> SavePromptVersion(SavePromptVersionInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.EditPrompts, cancellationToken);
        var content = input.Content.Content();
        var saved = await scope.Prompt(PromptName.Require(input.PromptName)).SaveAsync(new()
        {
            Content = content,
            Source = content.Code is not null ? VersionSource.Sdk : caller.ApiKeyId is not null ? VersionSource.Api : VersionSource.Playground,
            AuthorId = caller.ActorId,
            Note = input.Note,
            ExpectedParent = input.ExpectedParent,
        });
        return new(saved.Version, saved.Created);
    }

    public async Task<PromptPayload> SetPromptLabel(SetPromptLabelInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, name) = PromptGate.Parse(input.PromptId);
        var permission = input.Label == PromptName.Production ? Permission.DeployPrompts : Permission.EditPrompts;
        var scope = await access.RequireAsync(caller, project, permission, cancellationToken);
        var prompt = await scope.Prompt(name).SetLabelAsync(input.Label, input.Number, caller.ActorId);
        var entry = AuditEntry.By(caller, AuditActions.PromptLabelSet, $"{name}@{input.Label}", project, $"{{\"number\":{input.Number}}}");
        await audit.AppendAsync(project.Organization, entry with { Once = Setting(prompt, input.Label) }, cancellationToken);
        return new(prompt);
    }

    public Task<PromptPayload> ArchivePrompt(IdInput input, Caller caller, CancellationToken cancellationToken) =>
        SetArchived(input, archived: true, caller, cancellationToken);

    public Task<PromptPayload> RestorePrompt(IdInput input, Caller caller, CancellationToken cancellationToken) =>
        SetArchived(input, archived: false, caller, cancellationToken);

    /// <summary>The one setting of the label that holds now: set to where it stands already it is the same.</summary>
    private static string Setting(PromptView prompt, string label) =>
        string.Create(CultureInfo.InvariantCulture, $"{prompt.Id} {label} {prompt.Labels.First(l => l.Name == label).SetAt.UtcTicks}");

    private async Task<PromptPayload> SetArchived(IdInput input, bool archived, Caller caller, CancellationToken cancellationToken)
    {
        var (project, name) = PromptGate.Parse(input.Id);
        var scope = await access.RequireAsync(caller, project, Permission.EditPrompts, cancellationToken);
        var grain = scope.Prompt(name);
        // An archived prompt is served on, and nobody can save a version of it: for one that is deployed that is a matter of deployment.
        if (await grain.FindAsync() is { } found && found.Labels.Any(l => l.Name == PromptName.Production))
            await access.RequireAsync(caller, project, Permission.DeployPrompts, cancellationToken);
        var prompt = await grain.SetArchivedAsync(archived);
        await audit.AppendAsync(
            project.Organization,
            AuditEntry.By(caller, archived ? AuditActions.PromptArchived : AuditActions.PromptRestored, name, project), cancellationToken);
        return new(prompt);
    }
}
