using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>Parts of the runtime that a host chooses.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Sets options.</summary>
    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Adds services.</summary>
    public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureServices)
    {
        configureServices(builder.Services);
        return builder;
    }

    /// <summary>Keeps the state of grains that name this storage in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IGrainStorage>(name, static (_, _) => new MemoryGrainStorage());
        return builder;
    }

    /// <summary>Keeps the state of grains that name no storage in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) => builder.AddMemoryGrainStorage("Default");

    /// <summary>Keeps reminders for the life of the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) => builder.UseReminderStore(static _ => new MemoryReminderStore());

    /// <summary>Keeps reminders in the grain storage of a name, which is looked up when it is first needed.</summary>
    public static ISiloBuilder UseGrainStorageReminderService(this ISiloBuilder builder, string storageName) =>
        builder.UseReminderStore(services => new GrainStorageReminderStore(services, storageName));

    /// <summary>Keeps reminders where the host says.</summary>
    public static ISiloBuilder UseReminderStore(this ISiloBuilder builder, Func<IServiceProvider, IReminderStore> store)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton(store));
        builder.Services.TryAddSingleton<ReminderService>();
        builder.Services.TryAddSingleton<IReminderRegistry>(static services => services.GetRequiredService<ReminderService>());
        return builder;
    }
}
