using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Traces.Api;
using Plumbline.Features.Traces.Grains;

namespace Plumbline.Features.Tests.Traces;

/// <summary>An organization's own prices go before the built-in ones, for what comes and for what is there.</summary>
public sealed class ModelPriceTests(SharedProduct shared) : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 1, 7, 0, 0, 0, TimeSpan.Zero);
    private TracesHost _host = null!;

    private ModelPriceMutation Mutations => ActivatorUtilities.CreateInstance<ModelPriceMutation>(_host.Product.Services);

    public async ValueTask InitializeAsync() => _host = await TracesHost.OnAsync(shared);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task SavedPrice_IsListedBesideTheBuiltIn_AndReplacedOnItsDay()
    {
        await SaveAsync("GPT-4o-mini", 3);
        await SaveAsync("gpt-4o-mini", 4);
        var organization = new OrganizationView(_host.Tenant.Organization, "acme", "Acme");
        var prices = await ActivatorUtilities.CreateInstance<ModelPriceResolvers>(_host.Product.Services).ModelPrices(
            organization, _host.Tenant.Owner, default);
        var own = Assert.Single(prices, p => p.Source == PriceSource.Organization);
        Assert.Equal(("gpt-4o-mini", 4m, Day), (own.Model, own.InputUsdPerMillion, own.ValidFrom));
        Assert.Contains(prices, p => p.Model == "gpt-4o-mini" && p.Source == PriceSource.BuiltIn);
        var log = await _host.Product.Grains.GetGrain<IAuditGrain>(_host.Tenant.Organization).ListAsync(new AuditQuery { Action = "price.saved" }, null, 10);
        Assert.Equal(2, log.Length);
    }

    [Fact]
    public async Task NewSpans_HaveThePriceOfTheirDayAndProvider()
    {
        Assert.Equal(0.25m, await CostAsync(1)); // as the sender gave it
        await SaveAsync("model-2", 3);
        await SaveAsync("model-3", 3, from: Day.AddDays(1));
        await SaveAsync("model-4", 3, provider: "OpenAI");
        await SaveAsync("model-4", 5);
        await SaveAsync("model-5", 5, provider: "azure");
        Assert.Equal([3m, 0.25m, 3m, 0.25m], [await CostAsync(2), await CostAsync(3), await CostAsync(4), await CostAsync(5)]);
    }

    [Fact]
    public async Task StoredSpans_ArePricedAnew_InTheBackground()
    {
        Assert.Equal([0.25m, 0.25m], [await CostAsync(1), await CostAsync(2)]);
        await SaveAsync("model-1", 7);
        await HousekeepAsync();
        Assert.Equal([7m, 0.25m], [await StoredAsync(1), await StoredAsync(2)]);
        await SaveAsync("model-1", 8);
        await SaveAsync("model-2", 9, from: Day.AddDays(1));
        await HousekeepAsync();
        Assert.Equal([8m, 0.25m], [await StoredAsync(1), await StoredAsync(2)]);
        var span = (await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(1), default))!.Spans[0];
        Assert.Equal("secret answer", span.Output);
    }

    [Theory]
    [InlineData(Role.Admin, null)]
    [InlineData(Role.Developer, FailureCode.Forbidden)]
    [InlineData(Role.Viewer, FailureCode.Forbidden)]
    public async Task SaveModelPrice_IsForAdmins(Role role, FailureCode? refused)
    {
        var caller = await _host.Product.AddMemberAsync(_host.Tenant, role);
        Assert.Equal(refused, (await Record.ExceptionAsync(() => Mutations.SaveModelPrice(Input("m", 1), caller, default)) as RequestFailedException)?.Code);
    }

    [Fact]
    public async Task SaveModelPrice_FromOutside_IsNotFound()
    {
        var stranger = (await _host.Product.AddTenantAsync()).Owner;
        Assert.Equal(
            FailureCode.NotFound,
            (await Assert.ThrowsAsync<RequestFailedException>(() => Mutations.SaveModelPrice(Input("m", 1), stranger, default))).Code);
    }

    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("m", -1, 0)]
    [InlineData("m", 1_000_001, 0)]
    [InlineData("m", 1, 5)]
    public async Task SaveModelPrice_OutOfRange_IsRefused(string model, int amount, int hour)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => SaveAsync(model, amount, from: Day.AddHours(hour)));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
    }

    private SaveModelPriceInput Input(string model, decimal amount, string? provider = null, DateTimeOffset? from = null) =>
        new(NodeId.Format(NodeKinds.Organization, _host.Tenant.Organization), model, provider, amount, 1, null, null, from ?? Day);

    private Task SaveAsync(string model, decimal amount, string? provider = null, DateTimeOffset? from = null) =>
        Mutations.SaveModelPrice(Input(model, amount, provider, from), _host.Tenant.Owner, default);

    private async Task<decimal?> CostAsync(int number)
    {
        await _host.SendAsync(number);
        return await StoredAsync(number);
    }

    private async Task<decimal?> StoredAsync(int number) =>
        (await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(number), default))!.Trace.CostUsd;

    /// <summary>Until all is done: a block that was made anew is looked at once more.</summary>
    private async Task HousekeepAsync()
    {
        var shard = _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child("0"));
        for (var round = 0; round < 5; round++) await shard.HousekeepAsync(default);
    }
}
