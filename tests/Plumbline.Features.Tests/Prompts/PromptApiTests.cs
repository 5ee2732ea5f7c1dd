using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Prompts.Api;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>Resolvers of prompts with real grains and the real permission checks.</summary>
public sealed class PromptApiTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private ProductHost _host = null!;
    private Tenant _tenant = null!;

    private PromptMutations Mutations => ActivatorUtilities.CreateInstance<PromptMutations>(_host.Services);

    private ProjectPromptResolvers Project => ActivatorUtilities.CreateInstance<ProjectPromptResolvers>(_host.Services);

    private PromptVersionLoader Versions => Loaders.Of<PromptVersionLoader>(_host.Services, _tenant.Owner);

    private ScopeLoader Scopes => Loaders.Of<ScopeLoader>(_host.Services, _tenant.Owner);

    private PromptResolvers Prompts => ActivatorUtilities.CreateInstance<PromptResolvers>(_host.Services);

    public async ValueTask InitializeAsync()
    {
        _host = await shared.HostAsync();
        _tenant = await _host.AddTenantAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<PromptVersionView> SaveAsync(string name, string template, Caller? caller = null, int? expectedParent = null) =>
        (await Mutations.SavePromptVersion(
            new(_tenant.Project.Id, name, new([new(MessageRole.User, template)], null, null, null, null, null, null, null), null, expectedParent), caller
                ?? _tenant.Owner, default)).PromptVersion;

    [Fact]
    public async Task Prompts_PagedAndSearched_ComeByName()
    {
        foreach (var name in new[] { "b", "a", "c-other" }) await SaveAsync(name, "x");
        var first = await Project.Prompts(_tenant.Project, 2, null, null, _tenant.Owner, default);
        Assert.Equal(["a", "b"], first.Nodes.Select(p => p.Name));
        Assert.Equal((3, true), (first.TotalCount, first.PageInfo.HasNextPage));
        var rest = await Project.Prompts(_tenant.Project, 2, first.PageInfo.EndCursor, null, _tenant.Owner, default);
        Assert.Equal("c-other", Assert.Single(rest.Nodes).Name);
        Assert.Equal("c-other", Assert.Single((await Project.Prompts(_tenant.Project, 5, null, "OTHER", _tenant.Owner, default)).Nodes).Name);
    }

    [Fact]
    public async Task Version_ByNumberOrLabel_IsFoundAndNodesAre()
    {
        var version = await SaveAsync("a", "one");
        await SaveAsync("a", "two");
        var prompt = (await Mutations.SetPromptLabel(new(NodeId.Format(NodeKinds.Prompt, _tenant.Key, "a"), "staging", 1), _tenant.Owner, default)).Prompt;
        Assert.Equal(1, (await Prompts.Version(prompt, null, "staging", Versions, Scopes))!.Number);
        Assert.Equal(2, (await Prompts.Version(prompt, 2, null, Versions, Scopes))!.Number);
        Assert.Null(await Prompts.Version(prompt, 3, null, Versions, Scopes));
        await Assert.ThrowsAsync<RequestFailedException>(() => Prompts.Version(prompt, 1, "staging", Versions, Scopes));
        Assert.Equal(2, (await Prompts.Latest(prompt, Versions)).Number);
        var page = await Prompts.Versions(prompt, 1, null, Scopes);
        Assert.Equal(1, (await Prompts.Versions(prompt, 1, page.PageInfo.EndCursor, Scopes)).Nodes.Single().Number);

        var nodes = _host.Services.GetServices<INodeResolver>().ToDictionary(n => n.Kind);
        var found = (PromptVersionView)(await nodes[NodeKinds.PromptVersion].ResolveAsync(
            NodeId.Parse(version.Id, NodeKinds.PromptVersion), _tenant.Owner, default))!;
        Assert.Equal(version.ContentHash, found.ContentHash);
        var stranger = (await _host.AddTenantAsync()).Owner;
        var refused = await Assert.ThrowsAsync<RequestFailedException>(async () =>
            await nodes[NodeKinds.Prompt].ResolveAsync(NodeId.Parse(prompt.Id, NodeKinds.Prompt), stranger, default));
        Assert.Equal(FailureCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task ProductionLabel_ByAnSme_IsForbiddenOthersAreNot()
    {
        await SaveAsync("a", "one");
        var id = NodeId.Format(NodeKinds.Prompt, _tenant.Key, "a");
        var sme = await _host.AddMemberAsync(_tenant, Role.Sme);
        Assert.Equal(
            FailureCode.Forbidden,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.SetPromptLabel(new(id, "production", 1), sme, default))).Code);
        Assert.Equal("staging", Assert.Single((await Mutations.SetPromptLabel(new(id, "staging", 1), sme, default)).Prompt.Labels).Name);
        Assert.Equal(2, (await Mutations.SetPromptLabel(new(id, "production", 1), _tenant.Owner, default)).Prompt.Labels.Length);
    }

    [Theory]
    [InlineData("production\n")]
    [InlineData("staging\n")]
    [InlineData("latest\n")]
    public async Task Label_EndingInALineFeed_IsRefused(string label)
    {
        await SaveAsync("a", "one");
        var id = NodeId.Format(NodeKinds.Prompt, _tenant.Key, "a");
        var sme = await _host.AddMemberAsync(_tenant, Role.Sme);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.SetPromptLabel(new(id, label, 1), sme, default));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("\\n' is not a valid label", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await Project.Prompt(_tenant.Project, "a", _tenant.Owner, default))!.Labels);
    }

    [Fact]
    public async Task Name_EndingInALineFeed_IsRefusedAndLeavesNoEntry()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("x\n", "one"));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("'x\\n' is not a valid name of a prompt", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Project.Prompts(_tenant.Project, 5, null, null, _tenant.Owner, default)).TotalCount);
    }

    [Fact]
    public async Task Archive_APromptThatIsDeployed_NeedsTheRightToDeploy()
    {
        await SaveAsync("a", "one");
        var id = NodeId.Format(NodeKinds.Prompt, _tenant.Key, "a");
        var sme = await _host.AddMemberAsync(_tenant, Role.Sme);
        Assert.NotNull((await Mutations.ArchivePrompt(new(id), sme, default)).Prompt.ArchivedAt);
        Assert.Null((await Mutations.RestorePrompt(new(id), sme, default)).Prompt.ArchivedAt);
        await Mutations.SetPromptLabel(new(id, "staging", 1), sme, default);
        await Mutations.ArchivePrompt(new(id), sme, default);
        await Mutations.RestorePrompt(new(id), sme, default);
        await Mutations.SetPromptLabel(new(id, "production", 1), _tenant.Owner, default);
        Assert.Equal(FailureCode.Forbidden, (await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.ArchivePrompt(new(id), sme, default))).Code);
        Assert.Null((await Project.Prompt(_tenant.Project, "a", _tenant.Owner, default))!.ArchivedAt);
        Assert.NotNull((await Mutations.ArchivePrompt(new(id), _tenant.Owner, default)).Prompt.ArchivedAt);
        Assert.Equal(FailureCode.Forbidden, (await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.RestorePrompt(new(id), sme, default))).Code);
    }

    [Fact]
    public async Task Reviewer_SeesNoPrompts()
    {
        await SaveAsync("a", "one");
        var reviewer = await _host.AddMemberAsync(_tenant, Role.Reviewer);
        Assert.Equal(
            FailureCode.Forbidden,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Project.Prompt(_tenant.Project, "a", reviewer, default))).Code);
        Assert.Equal(FailureCode.Forbidden, (await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("a", "two", reviewer))).Code);
    }

    [Fact]
    public async Task Archive_AndRestore_AreSeenInTheList()
    {
        var version = await SaveAsync("a", "one");
        var id = NodeId.Format(NodeKinds.Prompt, _tenant.Key, version.PromptName);
        Assert.NotNull((await Mutations.ArchivePrompt(new(id), _tenant.Owner, default)).Prompt.ArchivedAt);
        Assert.Equal(FailureCode.Conflict, (await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("a", "two"))).Code);
        Assert.Null((await Mutations.RestorePrompt(new(id), _tenant.Owner, default)).Prompt.ArchivedAt);
        var missing = NodeId.Format(NodeKinds.Prompt, _tenant.Key, "nobody");
        Assert.Equal(
            FailureCode.NotFound,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.ArchivePrompt(new(missing), _tenant.Owner, default))).Code);
    }

    [Fact]
    public async Task Prompts_SurviveARestart()
    {
        await SaveAsync("a", "one");
        _host = await shared.RestartAsync();
        Assert.Equal(
            "one",
            (await Prompts.Latest((await Project.Prompt(_tenant.Project, "a", _tenant.Owner, default))!, Versions)).Content.Messages[0].Template);
    }
}
