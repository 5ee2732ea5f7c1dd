using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Prompts.Content;
using Plumbline.Features.Prompts.Diff;
using Plumbline.GraphQL;

namespace Plumbline.Features.Prompts.Api;

[ResolversFor("PromptVersion")]
internal sealed class PromptVersionResolvers(IPromptPassRates passRates)
{
    public async Task<PromptView> Prompt([Parent] PromptVersionView version, ScopeLoader scopes) =>
        await (await scopes.EnterAsync(version.Project)).Prompt(version.PromptName).FindAsync() ?? throw Failure.NotFound();

    public IReadOnlyList<PromptMessage> Messages([Parent] PromptVersionView version) => version.Content.Messages;

    public IReadOnlyList<PromptVariableModel> Variables([Parent] PromptVersionView version) =>
        [.. version.Content.Variables.Select(v => new PromptVariableModel(v))];

    public string? Model([Parent] PromptVersionView version) => version.Content.Model;

    public string? Provider([Parent] PromptVersionView version) => version.Content.Provider;

    public RawJson Parameters([Parent] PromptVersionView version) => RawJson.FromText(version.Content.ParametersJson)!.Value;

    public IReadOnlyList<ToolDefinition> Tools([Parent] PromptVersionView version) =>
        [.. version.Content.Tools.Select(t => new ToolDefinition(t.Name, t.Description, RawJson.FromText(t.ParametersJson)))];

    public RawJson? ResponseSchema([Parent] PromptVersionView version) => RawJson.FromText(version.Content.ResponseSchemaJson);

    public CodeContextModel? Code([Parent] PromptVersionView version) =>
        version.Content.Code is { } code ? new(code.Language, code.Signature, code.Source, RawJson.FromText(code.DependenciesJson)!.Value) : null;

    public async Task<UserView?> Author([Parent] PromptVersionView version, UserLoader users) => await users.GetAsync(version.AuthorId);

    public async Task<VersionDiff> Diff(
        [Parent] PromptVersionView version, int against, ScopeLoader scopes, DiffBudget budget, CancellationToken cancellationToken)
    {
        var other = await (await scopes.EnterAsync(version.Project)).Prompt(version.PromptName).FindVersionAsync(against)
            ?? throw Failure.BadInput($"There is no version {against} to compare with.");
        return VersionComparison.Compare(other.Content, version.Content, budget, cancellationToken);
    }

    public async Task<PassRateView?> PassRate([Parent] PromptVersionView version, ScopeLoader scopes, CancellationToken cancellationToken) =>
        await passRates.ForVersionAsync(await scopes.EnterAsync(version.Project), version.PromptName, version.Number, cancellationToken);
}

internal sealed record PromptVariableModel(PromptVariable Variable)
{
    public string Name => Variable.Name;

    public VariableType Type => Variable.Type;

    public bool Required => Variable.Required;

    public string? Description => Variable.Description;

    public RawJson? Default => RawJson.FromText(Variable.DefaultJson);

    public IReadOnlyList<string>? EnumValues => Variable.EnumValues.Length == 0 ? null : Variable.EnumValues;
}

internal sealed record CodeContextModel(string Language, string Signature, string Source, RawJson Dependencies);

/// <summary>Prompts by <c>node(id)</c>.</summary>
internal sealed class PromptNode(PromptGate gate) : INodeResolver
{
    public string Kind => NodeKinds.Prompt;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var name) || !PromptName.IsWellFormed(name)) return null;
        var scope = await gate.EnterAsync(caller, project, cancellationToken);
        return await scope.Prompt(name).FindAsync();
    }
}

/// <summary>Versions by <c>node(id)</c>.</summary>
internal sealed class PromptVersionNode(PromptGate gate) : INodeResolver
{
    public string Kind => NodeKinds.PromptVersion;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var rest) || rest.Split('@') is not [var name, var text]) return null;
        if (!PromptName.IsWellFormed(name) || !int.TryParse(text, out var number)) return null;
        var scope = await gate.EnterAsync(caller, project, cancellationToken);
        return await scope.Prompt(name).FindVersionAsync(number);
    }
}
