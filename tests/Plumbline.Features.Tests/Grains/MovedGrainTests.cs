using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Datasets;
using Plumbline.Features.Prompts;
using Plumbline.Features.Tests.Prompts;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Two processes hold the same grain, as for a moment when one takes the other for dead: the store lets one write, and the other
/// says that nothing was changed and holds the truth from then on.</summary>
public sealed class MovedGrainTests
{
    private static readonly string Project = new ProjectKey("aaaaaaaaaaaa", "bbbbbbbbbbbb").ToString();

    [Fact]
    public async Task GrainState_WrittenElsewhere_IsUnavailableOnce_AndReadAnew()
    {
        await using var first = await StartAsync();
        await using var second = await ProductHost.StartAsync(Add, first.Store);
        IPromptGrain Prompt(ProductHost host) => host.Grains.GetGrain<IPromptGrain>($"{Project}/answer");
        await Prompt(first).SaveAsync(Version("one"));
        await Prompt(second).SaveAsync(Version("two"));
        await AssertMovedAsync(() => Prompt(first).SaveAsync(Version("three")));
        await Prompt(first).SaveAsync(Version("three"));
        Assert.Equal(3, (await Prompt(first).VersionsAsync(null, 10)).Total);
    }

    [Fact]
    public async Task Journal_WrittenElsewhere_IsUnavailableOnce_AndReadAnew()
    {
        await using var first = await StartAsync();
        await using var second = await ProductHost.StartAsync(Add, first.Store);
        IDatasetGrain Dataset(ProductHost host) => host.Grains.GetGrain<IDatasetGrain>($"{Project}/cccccccccccc");
        Task AddAsync(ProductHost host, string inputs) =>
            Dataset(host).AddAsync([new NewDatasetItem(new DatasetContent { InputsJson = inputs }, null)], "ann", []);
        await Dataset(first).CreateAsync("Refunds", null, "ann");
        await AddAsync(second, "1");
        await AssertMovedAsync(() => AddAsync(first, "2"));
        await AddAsync(first, "2");
        Assert.Equal(["1", "2"], (await Dataset(first).GetItemsAsync(new DatasetQuery(10, null, null, null))).Items.Select(i => i.Content.InputsJson));
    }

    private static async Task AssertMovedAsync(Func<Task> write)
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(write);
        Assert.Equal((Failure.Moved().Code, Failure.Moved().Message), (failure.Code, failure.Message));
    }

    private static Task<ProductHost> StartAsync() => ProductHost.StartAsync(Add);

    private static void Add(IServiceCollection services) => services.AddPrompts().AddDatasets();

    private static NewPromptVersion Version(string text) => PromptMother.Version(PromptMother.Content(text));
}
