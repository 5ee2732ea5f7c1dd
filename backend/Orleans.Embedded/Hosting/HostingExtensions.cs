using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the grain runtime to a host.</summary>
public static class OrleansHostingExtensions
{
    /// <summary>Runs grains in this host.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder>? configureDelegate = null)
    {
        hostAppBuilder.Services.AddOrleans(configureDelegate ?? (static _ => { }));
        return hostAppBuilder;
    }

    /// <summary>Runs grains in this host.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) => services.AddOrleans(silo => configureDelegate(context, silo)));

    /// <summary>Runs grains in this host.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    /// <summary>Adds the grain runtime to services that a host will run.</summary>
    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GrainRuntime>();
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<GrainRuntime>());
        services.TryAddSingleton<IGrainContextAccessor>(static provider => provider.GetRequiredService<GrainRuntime>());
        if (!services.Any(s => s.ServiceType == typeof(Silo)))
        {
            services.AddSingleton<Silo>();
            services.AddHostedService(static provider => provider.GetRequiredService<Silo>());
        }
        configureDelegate(new SiloBuilder(services));
        return services;
    }

    private sealed record SiloBuilder(IServiceCollection Services) : ISiloBuilder;
}
