using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts;
using Plumbline.Features.Prompts.Api;
using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>The list of a project's prompts holds those that are stored and no other, whatever failed.</summary>
public sealed class PromptListingTests(PromptListingTests.FullDisk shared) : IClassFixture<PromptListingTests.FullDisk>, IAsyncLifetime
{
    private readonly FailingObjectStore _disk = shared.Disk;
    private ProductHost _host = null!;
    private Tenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await shared.HostAsync();
        _tenant = await _host.AddTenantAsync();
    }

    public ValueTask DisposeAsync()
    {
        _disk.WritesLeft = int.MaxValue;
        return _host.DisposeAsync();
    }

    private IPromptDirectoryGrain Directory => _host.Grains.GetGrain<IPromptDirectoryGrain>(_tenant.Key.ToString());

    private IPromptGrain Prompt(string name) => _host.Grains.GetGrain<IPromptGrain>(_tenant.Key.Child(name));

    private Task SaveAsync(string name) => Prompt(name).SaveAsync(PromptMother.Version());

    private async Task<(string Names, int? Total)> ListAsync(int first = 10)
    {
        var page = await ActivatorUtilities.CreateInstance<ProjectPromptResolvers>(_host.Services)
            .Prompts(_tenant.Project, first, null, null, _tenant.Owner, default);
        return (string.Join(' ', page.Nodes.Select(p => p.Name)), page.TotalCount);
    }

    /// <summary>Cut off after each write: what is listed is stored, and asking again lists what is stored.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Save_ThatFails_LeavesNoNameBehind(int writes)
    {
        await SaveAsync("a");
        _disk.WritesLeft = writes;
        await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("b"));
        Assert.Equal("a", Assert.Single(await Directory.ListAsync(null)).Name);
        Assert.Equal(("a", 1), await ListAsync());
        await _host.ReloadAsync(Prompt("b"));
        _disk.WritesLeft = int.MaxValue;
        await SaveAsync("b");
        Assert.Equal(("a b", 2), await ListAsync());
    }

    [Fact]
    public async Task List_NamesThatNothingIsStoredUnder_AreDropped()
    {
        using var few = _host.Set<PromptsOptions>(o => o.MaxPrompts = 3);
        foreach (var name in new[] { "a", "c" }) await SaveAsync(name);
        foreach (var phantom in new[] { "b", "x\n" }) await Directory.PutAsync(new(phantom, false));
        await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("d"));
        _disk.WritesLeft = 0;
        Assert.Equal(("a c", 2), await ListAsync());
        _disk.WritesLeft = int.MaxValue;
        Assert.Equal(("a c", 2), await ListAsync());
        Assert.Equal(["a", "c"], (await Directory.ListAsync(null)).Select(e => e.Name));
        await SaveAsync("d");
        Assert.Equal(("a c", 3), await ListAsync(2));
        await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync("f"));
        Assert.Null(await Prompt("f").FindAsync());
    }

    [Fact]
    public async Task FindOrForget_OfAPrompt_LeavesItListed()
    {
        await SaveAsync("a");
        Assert.Equal("a", (await Prompt("a").FindOrForgetAsync())!.Name);
        Assert.Equal(("a", 1), await ListAsync());
    }

    [Theory]
    [InlineData("X")]
    [InlineData("a b")]
    public async Task Save_UnderWhatIsNoName_IsRefusedWhoeverAsks(string name) =>
        Assert.Equal(FailureCode.BadUserInput, (await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync(name))).Code);

    /// <summary>The product on a disk that takes as many writes as a test lets it.</summary>
    public sealed class FullDisk : ProductFixture
    {
        public FailingObjectStore Disk { get; } = new(new MemoryObjectStore());

        private protected override void Configure(IServiceCollection services) => services.AddSingleton<IObjectStore>(Disk);
    }
}
