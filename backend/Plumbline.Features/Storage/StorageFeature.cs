using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Plumbline.Features.Storage;

/// <summary>Where grains keep their state.</summary>
public static class StorageFeature
{
    /// <summary>The name in <c>[PersistentState("…", StorageFeature.Grains)]</c>.</summary>
    public const string Grains = "grains";

    /// <summary>Adds the grain storage over the <see cref="ObjectStore.IObjectStore"/> that the host registered.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) =>
        services.AddKeyedSingleton<IGrainStorage, ObjectStoreGrainStorage>(Grains);

    /// <summary>Keeps reminders in the same storage: for a server that runs alone.</summary>
    public static ISiloBuilder UseObjectStoreReminders(this ISiloBuilder silo)
    {
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable, ObjectStoreReminderTable>();
        return silo;
    }
}
