using System.Text;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

internal sealed record PlaygroundRunPayload(PlaygroundRunView Run);

[ResolversFor("Mutation")]
internal sealed class RunMutations(IAccessControl access, RunGate gate, IPromptTemplates templates, IOptions<PlaygroundOptions> options)
{
    public async Task<PlaygroundRunPayload> StartPlaygroundRun(StartPlaygroundRunInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.RunPlayground, cancellationToken);
        var providerId = ProviderMutations.ProviderId(input.ProviderId, project);
        var request = RequestKey.Of(caller, project.ToString(), "startPlaygroundRun", input.RequestId, input);
        var inputs = input.Inputs.GetRawText();
        if (Encoding.UTF8.GetByteCount(inputs) > options.Value.MaxInputBytes)
            throw new RequestFailedException(FailureCode.PayloadTooLarge, $"The inputs are larger than {options.Value.MaxInputBytes:N0} bytes.");
        if (input.Content is not null) await access.RequireAsync(caller, project, Permission.EditPrompts, cancellationToken);
        var prompt = scope.Prompt(templates.RequireName(input.PromptName));
        // Unsaved content is tried before it is saved: inputs that do not fit leave no version behind.
        var content = input.Content is { } unsaved ? templates.Require(unsaved.Content()) : (await FindAsync(prompt, input.Number)).Content;
        var messages = templates.Render(content, inputs, cancellationToken);
        if (messages.IsEmpty) throw Failure.BadInput("With these inputs there is no message to send.");
        var model = (string.IsNullOrWhiteSpace(input.Model) ? content.Model : input.Model.Trim())
            ?? throw Failure.BadInput("Choose a model: neither the run nor the version names one.");
        var version = input.Content is null ? await FindAsync(prompt, input.Number) : await SaveAsync(prompt, content, caller);
        var run = await scope.Run(request?.Id ?? RandomId.New()).StartAsync(new()
        {
            PromptName = version.PromptName,
            PromptNumber = version.Number,
            InputsJson = inputs,
            Messages = messages,
            Content = version.Content,
            ProviderId = providerId,
            Model = model,
            StartedBy = caller.ActorId,
            ReadBy = caller.PersonId,
            Request = request,
        });
        return new(run);
    }

    public async Task<PlaygroundRunPayload> CancelPlaygroundRun(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, id) = NodeId.ParseInProject(input.Id, NodeKinds.PlaygroundRun);
        var scope = await gate.EnterAsync(project, caller, cancellationToken);
        return new(await gate.ShowAsync(await scope.Run(id).CancelAsync(), scope, cancellationToken));
    }

    private static async Task<PromptVersionView> FindAsync(IPromptGrain prompt, int? number)
    {
        var wanted = number ?? (await prompt.FindAsync())?.LatestNumber
            ?? throw Failure.BadInput("There is no prompt of this name. Give its content, or save it first.");
        return await prompt.FindVersionAsync(wanted) ?? throw Failure.BadInput($"This prompt has no version {wanted}.");
    }

    private static async Task<PromptVersionView> SaveAsync(IPromptGrain prompt, PromptContent content, Caller caller)
    {
        var saved = await prompt.SaveAsync(new() { Content = content, Source = VersionSource.Playground, AuthorId = caller.ActorId });
        return saved.Version;
    }
}
