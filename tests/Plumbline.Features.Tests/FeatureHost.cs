using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Testing;

namespace Plumbline.Features.Tests;

/// <summary>Grains of the product on a silo of their own, with state in memory.</summary>
internal sealed class FeatureHost : IAsyncDisposable
{
    private readonly IHost _host;

    private FeatureHost(IHost host) => _host = host;

    public IGrainFactory Grains => Get<IGrainFactory>();

    public ManualTimeProvider Clock => (ManualTimeProvider)Get<TimeProvider>();

    public static async Task<FeatureHost> StartAsync(Action<IServiceCollection> add)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        builder.UseOrleans(silo =>
        {
            silo.UseTestSilo();
            silo.AddMemoryGrainStorage("grains");
        });
        add(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public IServiceProvider Services => _host.Services;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Ends the grain's activation; the next call finds what was stored.</summary>
    public Task ReloadAsync(IAddressable grain) => TestSilo.ReloadAsync(grain);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
