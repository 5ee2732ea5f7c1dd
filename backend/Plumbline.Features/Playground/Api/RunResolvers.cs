using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Playground.Api;

/// <summary>Whoever has the run has passed the check; its version is part of it.</summary>
[ResolversFor("PlaygroundRun")]
internal sealed class RunResolvers
{
    public async Task<PromptVersionView> PromptVersion([Parent] PlaygroundRunView run, PromptVersionLoader versions) =>
        await versions.LoadAsync((run.Project, run.PromptName, run.PromptNumber)) ?? throw Failure.NotFound();

    public RawJson Inputs([Parent] PlaygroundRunView run) => RawJson.FromText(run.InputsJson)!.Value;

    public RawJson RequestPayload([Parent] PlaygroundRunView run) => RawJson.FromText(run.RequestPayloadJson)!.Value;

    public IReadOnlyList<Message> RenderedMessages([Parent] PlaygroundRunView run) =>
        [.. run.Messages.Select(m => new Message(m.Role, null, [.. m.Parts.Select(Part)]))];

    public async Task<string?> Output([Parent] PlaygroundRunView run, SeenLoader seen)
    {
        if (run.TraceId is not null) await seen.OpenAsync(run.Project, run.TraceId);
        return run.Output;
    }

    public async Task<Message?> OutputMessage([Parent] PlaygroundRunView run, SeenLoader seen)
    {
        if (run.Output is null && run.ToolCalls.Length == 0) return null;
        if (run.TraceId is not null) await seen.OpenAsync(run.Project, run.TraceId);
        var parts = new List<MessagePart>();
        if (!string.IsNullOrEmpty(run.Output)) parts.Add(new TextPart(run.Output));
        parts.AddRange(run.ToolCalls.Select(c => new ToolCallPart(c.Id, c.Name, RawJson.FromText(AsJson(c.ArgumentsJson)))));
        return new("assistant", null, parts);
    }

    public async Task<UserView> StartedBy([Parent] PlaygroundRunView run, UserLoader users) => await users.GetAsync(run.StartedBy);

    private static MessagePart Part(RenderedPart part) => part.ImageUrl is { } url ? new ImagePart(url, null) : new TextPart(part.Text ?? "");

    /// <summary>Models may write arguments that are no JSON; they are shown as a text then.</summary>
    private static string AsJson(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return arguments;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(arguments);
        }
    }
}

/// <summary>Runs by <c>node(id)</c>.</summary>
internal sealed class RunNode(RunGate gate) : INodeResolver
{
    public string Kind => NodeKinds.PlaygroundRun;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var id) || !RandomId.IsWellFormed(id)) return null;
        var scope = await gate.EnterAsync(project, caller, cancellationToken);
        return await scope.Run(id).FindAsync() is { } run ? await gate.ShowAsync(run, scope, cancellationToken) : null;
    }
}
