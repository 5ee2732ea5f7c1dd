using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Prompts.Content;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Features.Prompts.Api;

[ResolversFor("Project")]
internal sealed class ProjectPromptResolvers(PromptGate gate)
{
    public async Task<Connection<PromptView>> Prompts(
        [Parent] ProjectView project, int first, string? after, string? search, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
        var (page, views) = await PageAsync();
        if (views.Contains(null))
        {
            // Names that saves of earlier versions left, which failed.
            foreach (var (entry, _) in page.Nodes.Zip(views).Where(p => p.Second is null)) await ForgetAsync(scope.Prompt(entry.Name));
            (page, views) = await PageAsync();
        }
        var edges = page.Edges.Zip(views).Where(p => p.Second is not null).Select(p => new Edge<PromptView>(p.First.Cursor, p.Second!));
        return new([.. edges], page.PageInfo, page.TotalCount - views.Count(v => v is null));

        async Task<(Connection<PromptEntry> Page, PromptView?[] Views)> PageAsync()
        {
            var entries = Connection.Page(await scope.Prompts().ListAsync(search), first, after, e => e.Name);
            return (entries, await Task.WhenAll(entries.Nodes.Select(e => scope.Prompt(e.Name).FindAsync())));
        }
    }

    private static async Task ForgetAsync(IPromptGrain prompt)
    {
        try
        {
            await prompt.FindOrForgetAsync();
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true })
        {
            // Who reads does not wait for a disk that takes no writes.
        }
    }

    public async Task<PromptView?> Prompt([Parent] ProjectView project, string name, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await gate.EnterAsync(caller, project.Key, cancellationToken);
        return PromptName.IsWellFormed(name) ? await scope.Prompt(name).FindAsync() : null;
    }
}

/// <summary>Whoever has the prompt has passed the check; versions are part of it.</summary>
[ResolversFor("Prompt")]
internal sealed class PromptResolvers
{
    public async Task<PromptVersionView> Latest([Parent] PromptView prompt, PromptVersionLoader versions) =>
        await versions.LoadAsync((prompt.Project, prompt.Name, prompt.LatestNumber)) ?? throw Failure.NotFound();

    public async Task<Connection<PromptVersionView>> Versions([Parent] PromptView prompt, int first, string? after, ScopeLoader scopes)
    {
        var size = Connection.RequirePageSize(first);
        int? below = after is null ? null : int.TryParse(Cursor.Decode(after), out var number) ? number : throw Cursor.Unknown();
        var page = await (await scopes.EnterAsync(prompt.Project)).Prompt(prompt.Name).VersionsAsync(below, size);
        return Connection.From(page.Versions, v => Cursor.Encode(v.Number.ToString()), page.HasNext, after is not null, page.Total);
    }

    public async Task<PromptVersionView?> Version(
        [Parent] PromptView prompt, int? number, string? label, PromptVersionLoader versions, ScopeLoader scopes)
    {
        if (number is null == label is null) throw Failure.BadInput("Ask for a version by number or by label, one of the two.");
        return number is { } exact
            ? await versions.LoadAsync((prompt.Project, prompt.Name, exact))
            : await (await scopes.EnterAsync(prompt.Project)).Prompt(prompt.Name).FindLabelledAsync(label!);
    }

    public IReadOnlyList<PromptLabelModel> Labels([Parent] PromptView prompt) => [.. prompt.Labels.Select(l => new PromptLabelModel(prompt, l))];
}

/// <summary>A label with the prompt it belongs to.</summary>
internal sealed record PromptLabelModel(PromptView Prompt, PromptLabelView Label)
{
    public string Name => Label.Name;

    public DateTimeOffset SetAt => Label.SetAt;

    public int? PreviousNumber => Label.PreviousNumber;
}

[ResolversFor("PromptLabel")]
internal sealed class PromptLabelResolvers
{
    public async Task<PromptVersionView> Version([Parent] PromptLabelModel label, PromptVersionLoader versions) =>
        await versions.LoadAsync((label.Prompt.Project, label.Prompt.Name, label.Label.Number)) ?? throw Failure.NotFound();

    public async Task<UserView> SetBy([Parent] PromptLabelModel label, UserLoader users) => await users.GetAsync(label.Label.SetBy);
}
