using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Tests.Prompts;

public sealed class PromptGrainTests(SharedProduct shared) : IAsyncLifetime
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());
    private ProductHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private IPromptGrain Prompt(string name = "support/answer") => _host.Grains.GetGrain<IPromptGrain>(_project.Child(name));

    [Fact]
    public async Task Save_ManyAtOnce_NumbersWithoutGaps()
    {
        var prompt = Prompt();
        var saves = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => prompt.SaveAsync(PromptMother.Version(PromptMother.Content($"t{i % 20}", [])))));
        Assert.Equal(Enumerable.Range(1, 20), saves.Where(s => s.Created).Select(s => s.Version.Number).Order());
        Assert.Equal(20, (await prompt.FindAsync())!.LatestNumber);
    }

    [Fact]
    public async Task Versions_AfterReload_AreWhole()
    {
        var prompt = Prompt();
        var content = PromptMother.Content() with { Tools = [new("search", "Finds", "{}")], Code = new("python", "f()", "def f(): pass", "{}") };
        var saved = await prompt.SaveAsync(PromptMother.Version(content, note: "first"));
        await prompt.SetLabelAsync("production", 1, "bbbbbbbbbbbb");
        await _host.ReloadAsync(prompt);
        var version = await prompt.FindLabelledAsync("production");
        Assert.Equivalent(saved.Version with { Labels = ["production"] }, version);
        Assert.Equal("support/answer", version!.PromptName);
        Assert.False((await prompt.SaveAsync(PromptMother.Version(content))).Created);
    }

    [Fact]
    public async Task Versions_Paged_NewestFirst()
    {
        var prompt = Prompt();
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
        foreach (var name in new[] { "b-two", "a-one", "c-one" }) await Prompt(name).SaveAsync(PromptMother.Version());
        await Prompt("a-one").SetArchivedAsync(true);
        var directory = _host.Grains.GetGrain<IPromptDirectoryGrain>(_project.ToString());
        Assert.Equal(["b-two", "c-one", "a-one"], (await directory.ListAsync(null)).Select(e => e.Name));
        await _host.ReloadAsync(directory);
        Assert.Equal(["c-one", "a-one"], (await directory.ListAsync(" ONE ")).Select(e => e.Name));
        await Prompt("a-one").SetArchivedAsync(false);
        Assert.Equal("a-one", (await directory.ListAsync(null))[0].Name);
    }

    [Fact]
    public async Task Save_WrongContent_LeavesNoTrace()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Prompt().SaveAsync(PromptMother.Version(PromptMother.Content("{{nobody}}"))));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Null(await Prompt().FindAsync());
        Assert.Empty(await _host.Grains.GetGrain<IPromptDirectoryGrain>(_project.ToString()).ListAsync(null));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("Prod")]
    [InlineData("")]
    public async Task SetLabel_NoLabel_IsRefused(string label)
    {
        await Prompt().SaveAsync(PromptMother.Version());
        Assert.Equal(FailureCode.BadUserInput, (await Assert.ThrowsAsync<RequestFailedException>(() => Prompt().SetLabelAsync(label, 1, "u"))).Code);
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
