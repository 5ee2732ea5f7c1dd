using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Plumbline.Testing;

namespace Plumbline.Features.Tests;

/// <summary>Grains of the product in one process, in strict mode: what a cluster would lose or refuse fails here.</summary>
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
            silo.AddMemoryGrainStorage("grains");
            silo.UseInMemoryReminderService();
            silo.Configure<EmbeddedOptions>(o => o.Strict = true);
        });
        add(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public IServiceProvider Services => _host.Services;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Ends the grain's activation; the next call finds what was stored.</summary>
    public async Task ReloadAsync(IAddressable grain)
    {
        var activation = Get<Orleans.Runtime.GrainRuntime>().Directory.Activations.SingleOrDefault(a => a.GrainId == grain.GetGrainId());
        if (activation is null) return;
        activation.Deactivate(new(DeactivationReasonCode.RuntimeRequested, "A test reloads it."));
        await activation.Deactivated;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
