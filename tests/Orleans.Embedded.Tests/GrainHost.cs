using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Plumbline.Testing;

namespace Orleans.Embedded.Tests;

/// <summary>A host with the test grains in it.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    private readonly IHost _host;

    private GrainHost(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Silo Silo => _host.Services.GetRequiredService<Silo>();

    public GrainRuntime Runtime => _host.Services.GetRequiredService<GrainRuntime>();

    public ManualTimeProvider Clock => (ManualTimeProvider)_host.Services.GetRequiredService<TimeProvider>();

    public IServiceProvider Services => _host.Services;

    public static async Task<GrainHost> StartAsync(bool strict = false, Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        builder.Services.AddScoped<ScopedThing>();
        builder.UseOrleans(silo =>
        {
            silo.AddMemoryGrainStorage("grains");
            silo.UseInMemoryReminderService();
            silo.Configure<EmbeddedOptions>(o => o.Strict = strict);
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
