using Microsoft.Extensions.DependencyInjection;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Playground;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Tests;
using Plumbline.Features.Traces;

[assembly: AssemblyFixture(typeof(SharedProduct))]

namespace Plumbline.Features.Tests;

/// <summary>One silo with the whole product for the tests of many classes at the same time. They keep out of each other's way by tenants of
/// their own; a test that moves the clock, restarts the product or sets its options takes a <see cref="ProductFixture"/> of its class, or a
/// host of its own.</summary>
public sealed class SharedProduct : ProductFixture
{
    private protected override Sharing Sharing => Sharing.ByAll;
}

/// <summary>One silo with the whole product for the tests of a class, started when the first asks for it: starting one costs as much as a
/// dozen tests.</summary>
public class ProductFixture : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<ProductHost>? _host;

    internal Task<ProductHost> HostAsync()
    {
        lock (_gate) return _host ??= ProductHost.StartAsync(Add, sharing: Sharing);
    }

    /// <summary>Stops the product and starts it again on the same store, at the same time.</summary>
    internal async Task<ProductHost> RestartAsync()
    {
        var before = await HostAsync();
        var clock = before.Clock;
        await before.StopAsync();
        lock (_gate) _host = ProductHost.StartAsync(Add, before.Store, clock, Sharing);
        return await HostAsync();
    }

    private protected virtual Sharing Sharing => Sharing.ByOneClass;

    /// <summary>Sets the options, and puts doubles in the place of what lies outside.</summary>
    private protected virtual void Configure(IServiceCollection services)
    {
    }

    private void Add(IServiceCollection services)
    {
        services.AddTraces().AddReviews().AddDatasets().AddPrompts().AddComments().AddPlayground().AddDataProtection();
        Configure(services);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null) await (await _host).StopAsync();
    }
}
