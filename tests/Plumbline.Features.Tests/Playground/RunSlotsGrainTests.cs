using Plumbline.Contracts;
using Plumbline.Features.Playground;
using Plumbline.Features.Playground.Grains;

namespace Plumbline.Features.Tests.Playground;

public sealed class RunSlotsGrainTests(ProductFixture shared) : IClassFixture<ProductFixture>
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());

    private async Task<(ProductHost Host, IRunSlotsGrain Slots)> GivenAsync()
    {
        var host = await shared.HostAsync();
        return (host, host.Grains.GetGrain<IRunSlotsGrain>(_project.ToString()));
    }

    [Fact]
    public async Task Take_OneMoreThanThereAre_IsRefusedUntilOneIsGivenBack()
    {
        var (host, slots) = await GivenAsync();
        using var limits = host.Set<PlaygroundOptions>(o => o.MaxRunsAtOnce = 2);
        await slots.TakeAsync("a");
        await slots.TakeAsync("b");
        await slots.TakeAsync("a");
        await RefusedAsync(slots, "c");
        await slots.GiveBackAsync("a");
        await slots.TakeAsync("c");
        await RefusedAsync(slots, "d");
    }

    [Fact]
    public async Task ARunThatIsNoLongerHeardOf_LosesItsSlot()
    {
        var (host, slots) = await GivenAsync();
        using var limits = host.Set<PlaygroundOptions>(o => o.MaxRunsAtOnce = 1);
        await slots.TakeAsync("a");
        host.Clock.Advance(RunSlotsGrain.Lease / 2);
        await slots.KeepAsync("a");
        host.Clock.Advance(RunSlotsGrain.Lease * 0.9);
        await RefusedAsync(slots, "b");
        host.Clock.Advance(RunSlotsGrain.Lease * 0.1);
        await slots.TakeAsync("b");
    }

    /// <summary>The grain has moved and forgotten all; the run goes on.</summary>
    [Fact]
    public async Task ARunThatGoesOn_HasItsSlotAgain()
    {
        var (host, slots) = await GivenAsync();
        using var limits = host.Set<PlaygroundOptions>(o => o.MaxRunsAtOnce = 1);
        await slots.KeepAsync("a");
        await RefusedAsync(slots, "b");
    }

    private static async Task RefusedAsync(IRunSlotsGrain slots, string run) =>
        Assert.Equal(FailureCode.RateLimited, (await Assert.ThrowsAsync<RequestFailedException>(() => slots.TakeAsync(run))).Code);
}
