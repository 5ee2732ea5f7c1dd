using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Comments;
using Plumbline.Features.Reviews;
using Plumbline.Features.Traces;
using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Traces;

/// <summary>A shard answers while a batch is on its way to the disk.</summary>
public sealed class ShardTurnTests
{
    [Fact]
    public async Task Reads_BesideAppends_AreAnswered()
    {
        var disk = new HeldObjectStore(new MemoryObjectStore());
        await using var product = await ProductHost.StartAsync(services =>
            services.AddTraces().AddReviews().AddComments().AddDataProtection().Services.AddSingleton<IObjectStore>(disk));
        var host = new TracesHost(product, await product.AddTenantAsync());
        await host.SendAsync(1);
        disk.Hold();
        var (second, third) = (host.SendAsync(2), host.SendAsync(3));
        Assert.NotNull(await host.Reader.FindTraceAsync(host.Tenant.Key, TracesHost.Id(1), default));
        Assert.False(second.IsCompleted || third.IsCompleted);
        disk.Release();
        Assert.Equal((IngestStatus.Accepted, IngestStatus.Accepted), ((await second).Status, (await third).Status));
        Assert.NotNull(await host.Reader.FindTraceAsync(host.Tenant.Key, TracesHost.Id(3), default));
    }
}
