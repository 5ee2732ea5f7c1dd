using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;
using Plumbline.Features.Playground.Providers;

namespace Plumbline.Features.Tests.Playground;

public sealed class ProviderTests(ProductFixture shared) : IClassFixture<ProductFixture>
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());

    private IModelProvidersGrain Grain(ProductHost host) => host.Grains.GetGrain<IModelProvidersGrain>(_project.ToString());

    private static ModelProviderChange Change(
        string name = "Team", string? id = null, string? sealedSecret = "sealed", string baseUrl = "https://example.com/v1",
        decimal? budget = null) => new()
        {
            ProviderId = id,
            Name = name,
            Kind = ModelProviderKind.OpenaiCompatible,
            BaseUrl = baseUrl,
            SealedSecret = sealedSecret,
            SecretHint = sealedSecret is null ? null : "…abcd",
            Models = ["a", "b"],
            MonthlyBudgetUsd = budget,
        };

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:0:127.0.0.1", false)]
    [InlineData("0:0:0:0:ffff:0:10.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::8.8.8.8", false)]
    [InlineData("::ffff:0:8.8.8.8", true)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b:1::8.8.8.8", false)]
    [InlineData("64:ff9b:1:ffff::10.0.0.1", false)]
    [InlineData("2002:808:808::1", false)]
    [InlineData("2002:c0a8:101::1", false)]
    [InlineData("2001:0:808:808::1", false)]
    [InlineData("2001:0:7f00:1:0:0:f5ff:fffe", false)]
    [InlineData("2001:20::1", false)]
    [InlineData("2606:4700::5efe:10.0.0.1", false)]
    [InlineData("2606:4700::200:5efe:192.168.0.1", false)]
    [InlineData("2606:4700::5efe:8.8.8.8", true)]
    [InlineData("fe80::1%1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    public void PublicAddresses_AreThoseOutsideOnesOwnNetwork(string address, bool allowed) =>
        Assert.Equal(allowed, PublicAddresses.Allow(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://models.example.com/v1/", "https://models.example.com/v1")]
    [InlineData(null, null)]
    [InlineData("http://models.example.com/v1", null)]
    [InlineData("https://127.0.0.1/v1", null)]
    [InlineData("https://localhost/v1", null)]
    [InlineData("https://[::1]/v1", null)]
    [InlineData("https://169.254.169.254/latest", null)]
    [InlineData("https://user:pass@example.com/v1", null)]
    [InlineData("https://example.com/v1?key=1", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("models", null)]
    public void BaseUrl_IsCheckedAndKept(string? given, string? kept)
    {
        if (kept is not null) Assert.Equal(kept, ProviderRules.BaseUrl(given, ModelProviderKind.OpenaiCompatible, new()));
        else Assert.Equal(
            FailureCode.BadUserInput,
            Assert.Throws<RequestFailedException>(() => ProviderRules.BaseUrl(given, ModelProviderKind.OpenaiCompatible, new())).Code);
    }

    [Fact]
    public void BaseUrl_NotGiven_IsThatOfTheKind() => Assert.Equal("https://api.openai.com/v1", ProviderRules.BaseUrl(" ", ModelProviderKind.Openai, new()));

    [Fact]
    public async Task Secrets_Sealed_OpenForTheirProjectOnly()
    {
        var host = await shared.HostAsync();
        var secrets = host.Get<ProviderSecrets>();
        var kept = secrets.Seal(_project, "sk-verysecretkey");
        Assert.DoesNotContain("verysecret", kept);
        Assert.Equal("sk-verysecretkey", secrets.Open(_project, kept));
        Assert.Null(secrets.Open(_project with { Project = "cccccccccccc" }, kept));
        Assert.Equal(("…tkey", "…"), (ProviderRules.Hint("sk-verysecretkey"), ProviderRules.Hint("short")));
    }

    [Fact]
    public async Task Providers_SavedChangedAndDeleted_SurviveReload()
    {
        var host = await shared.HostAsync();
        var grain = Grain(host);
        var saved = await grain.SaveAsync(Change(budget: 5));
        await grain.SaveAsync(Change("Other", saved.ProviderId, sealedSecret: null));
        await host.ReloadAsync(grain);
        var (provider, secret) = (await grain.FindAsync(saved.ProviderId))!;
        Assert.Equal(("Other", "sealed", "…abcd", (decimal?)null), (provider.Name, secret, provider.SecretHint, provider.MonthlyBudgetUsd));
        Assert.Equal(["Other", "Demo (not a language model)"], (await grain.ListAsync()).Select(p => p.Name));
        await grain.DeleteAsync(saved.ProviderId);
        Assert.Null(await grain.FindAsync(saved.ProviderId));
        Assert.Equal(FailureCode.NotFound, (await Assert.ThrowsAsync<RequestFailedException>(() => grain.DeleteAsync(saved.ProviderId))).Code);
    }

    [Fact]
    public async Task Secret_AddressChangesWithoutANewOne_IsForgotten()
    {
        var host = await shared.HostAsync();
        var saved = await Grain(host).SaveAsync(Change());
        await Grain(host).SaveAsync(Change(id: saved.ProviderId, sealedSecret: null, baseUrl: "https://elsewhere.example.com/v1"));
        var access = await Grain(host).FindAsync(saved.ProviderId);
        Assert.Null(access!.SealedSecret);
        Assert.Null(access.Provider.SecretHint);
    }

    [Fact]
    public async Task Name_Taken_IsAConflict()
    {
        var host = await shared.HostAsync();
        await Grain(host).SaveAsync(Change("Team"));
        Assert.Equal(FailureCode.Conflict, (await Assert.ThrowsAsync<RequestFailedException>(() => Grain(host).SaveAsync(Change("TEAM")))).Code);
    }

    [Fact]
    public async Task Spend_CountsByCalendarMonth()
    {
        var host = await shared.HostAsync();
        var saved = await Grain(host).SaveAsync(Change());
        await Grain(host).RecordSpendAsync(saved.ProviderId, 0.5m);
        await Grain(host).RecordSpendAsync(saved.ProviderId, 0.25m);
        Assert.Equal(0.75m, (await Grain(host).FindAsync(saved.ProviderId))!.Provider.SpentThisMonthUsd);
        host.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, (await Grain(host).FindAsync(saved.ProviderId))!.Provider.SpentThisMonthUsd);
    }
}
