using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Shards;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Traces;

/// <summary>What work without a viewer asks for: which projects there are, and what of them is not to be told.</summary>
public sealed class PendingTracesTests
{
    [Fact]
    public async Task Pending_OfAllQueues_AreNamedOnce()
    {
        await using var host = await TracesHost.StartAsync();
        await host.SendAsync(1, 2, 3, 4);
        var pending = host.Product.Get<IPendingTraces>();
        Assert.Empty(await pending.ListAsync(host.Tenant.Key, default));
        await host.BlindAsync("ann", 1, 2);
        var second = await host.BlindAsync("bob", 2, 3);
        Assert.Equal([TracesHost.Id(1), TracesHost.Id(2), TracesHost.Id(3)], (await pending.ListAsync(host.Tenant.Key, default)).Order());
        await second.CloseAsync("boss");
        Assert.Equal([TracesHost.Id(1), TracesHost.Id(2)], (await pending.ListAsync(host.Tenant.Key, default)).Order());
        Assert.Empty(await pending.ListAsync(new ProjectKey(RandomId.New(), RandomId.New()), default));
    }

    [Fact]
    public async Task TracedProjects_StoredAndNew_AreListed()
    {
        await using var host = await TracesHost.StartAsync();
        var projects = host.Product.Get<ITracedProjects>();
        Assert.Empty(await projects.ListAsync(default));
        await host.SendAsync(1);
        Assert.Equal([host.Tenant.Key], await projects.ListAsync(default));
        using var measurements = new Measurements();
        using var afterARestart = new TracedProjects(host.Product.Store, new OpenStores(measurements));
        Assert.Equal([host.Tenant.Key], await afterARestart.ListAsync(default));
    }
}
