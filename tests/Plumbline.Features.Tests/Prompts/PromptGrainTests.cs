using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts;

namespace Plumbline.Features.Tests.Prompts;

public sealed class PromptGrainTests
{
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");

    private static Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(services => services.AddPrompts());

    private static IPromptGrain Prompt(FeatureHost host, string name = "support/answer") => host.Grains.GetGrain<IPromptGrain>(Project.Child(name));

    [Fact]
    public async Task Save_ManyAtOnce_NumbersWithoutGaps()
    {
        await using var host = await StartAsync();
        var prompt = Prompt(host);
        var saves = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => prompt.SaveAsync(PromptMother.Version(PromptMother.Content($"t{i % 20}", [])))));
        Assert.Equal(Enumerable.Range(1, 20), saves.Where(s => s.Created).Select(s => s.Version.Number).Order());
        Assert.Equal(20, (await prompt.FindAsync())!.LatestNumber);
    }

    [Fact]
    public async Task Versions_AfterReload_AreWhole()
    {
        await using var host = await StartAsync();
        var prompt = Prompt(host);
        var content = PromptMother.Content() with { Tools = [new("search", "Finds", "{}")], Code = new("python", "f()", "def f(): pass", "{}") };
        var saved = await prompt.SaveAsync(PromptMother.Version(content, note: "first"));
        await prompt.SetLabelAsync("production", 1, "bbbbbbbbbbbb");
        await host.ReloadAsync(prompt);
        var version = await prompt.FindLabelledAsync("production");
        Assert.Equivalent(saved.Version with { Labels = ["production"] }, version);
        Assert.Equal("support/answer", version!.PromptName);
        Assert.False((await prompt.SaveAsync(PromptMother.Version(content))).Created);
    }

    [Fact]
    public async Task Versions_Paged_NewestFirst()
    {
        await using var host = await StartAsync();
        var prompt = Prompt(host);
        for (var i = 0; i < 5; i++) await prompt.SaveAsync(PromptMother.Version(PromptMother.Content($"t{i}", [])));
        var first = await prompt.VersionsAsync(null, 2);
        Assert.Equal([5, 4], first.Versions.Select(v => v.Number));
        Assert.True(first.HasNext);
        var last = await prompt.VersionsAsync(4, 10);
        Assert.Equal([3, 2, 1], last.Versions.Select(v => v.Number));
        Assert.False(last.HasNext);
        Assert.Equal(5, last.Total);
    }

    [Fact]
    public async Task Directory_SearchedAndArchived_ListsByNameArchivedLast()
    {
        await using var host = await StartAsync();
        foreach (var name in new[] { "b-two", "a-one", "c-one" }) await Prompt(host, name).SaveAsync(PromptMother.Version());
        await Prompt(host, "a-one").SetArchivedAsync(true);
        var directory = host.Grains.GetGrain<IPromptDirectoryGrain>(Project.ToString());
        Assert.Equal(["b-two", "c-one", "a-one"], (await directory.ListAsync(null)).Select(e => e.Name));
        await host.ReloadAsync(directory);
        Assert.Equal(["c-one", "a-one"], (await directory.ListAsync(" ONE ")).Select(e => e.Name));
        await Prompt(host, "a-one").SetArchivedAsync(false);
        Assert.Equal("a-one", (await directory.ListAsync(null))[0].Name);
    }

    [Fact]
    public async Task Save_WrongContent_LeavesNoTrace()
    {
        await using var host = await StartAsync();
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Prompt(host).SaveAsync(PromptMother.Version(PromptMother.Content("{{nobody}}"))));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Null(await Prompt(host).FindAsync());
        Assert.Empty(await host.Grains.GetGrain<IPromptDirectoryGrain>(Project.ToString()).ListAsync(null));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("Prod")]
    [InlineData("")]
    public async Task SetLabel_NoLabel_IsRefused(string label)
    {
        await using var host = await StartAsync();
        await Prompt(host).SaveAsync(PromptMother.Version());
        Assert.Equal(FailureCode.BadUserInput, (await Assert.ThrowsAsync<RequestFailedException>(() => Prompt(host).SetLabelAsync(label, 1, "u"))).Code);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("support/answer.v2_x-1", true)]
    [InlineData("Support", false)]
    [InlineData("a//b", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a@b", false)]
    [InlineData("a b", false)]
    public void PromptName_IsCheckedByItsRule(string name, bool good) => Assert.Equal(good, PromptName.IsWellFormed(name));
}
