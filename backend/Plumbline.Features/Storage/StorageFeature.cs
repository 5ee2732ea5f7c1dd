using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Storage;

/// <summary>Where grains keep their state.</summary>
public static class StorageFeature
{
    /// <summary>The name in <c>[PersistentState("…", StorageFeature.Grains)]</c>.</summary>
    public const string Grains = "grains";

    /// <summary>What the names of all objects with grain state start with.</summary>
    public const string Folder = ObjectStoreGrainStorage.Folder;

    /// <summary>Adds the grain storage over the <see cref="IObjectStore"/> that the host registered.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) =>
        services.AddKeyedSingleton<IGrainStorage, ObjectStoreGrainStorage>(Grains);

    /// <summary>Adds a grain storage of others, which has to write the same names and bytes (<see cref="StoredJson"/>).</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key by which it is registered itself.</param>
    /// <param name="failureOf">What its exceptions mean, given whether something was to be written; null for those that are none of the storage.</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, string key, Func<Exception, bool, ObjectStoreException?> failureOf) =>
        services.AddKeyedSingleton<IGrainStorage>(Grains, (provider, _) => new TranslatedGrainStorage(
            provider.GetRequiredKeyedService<IGrainStorage>(key), failureOf, provider.GetRequiredService<ILogger<TranslatedGrainStorage>>()));

    /// <summary>Keeps reminders in the same storage: for a server that runs alone.</summary>
    public static ISiloBuilder UseObjectStoreReminders(this ISiloBuilder silo)
    {
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable, ObjectStoreReminderTable>();
        return silo;
    }
}
