using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Plumbline.Features.Storage;

namespace Plumbline.Features.Grains;

/// <summary>The silo of a server that runs alone: its only client is the process itself, and nobody can join or reach it.</summary>
public static class LoneSilo
{
    private const int NameOnly = 1; // A silo has an address for its name; nothing listens there.

    /// <summary>Makes the silo one of its own, with reminders in the grain storage.</summary>
    public static ISiloBuilder UseLoneSilo(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: NameOnly, gatewayPort: 0);
        // room for a million grains of other silos, which there are none of
        silo.Configure<GrainDirectoryOptions>(d => d.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None);
        silo.Services.CloseDoors();
        return silo.UseObjectStoreReminders();
    }

    // The silo protocol knows no credentials: with an open port every program on the machine could speak it. The framework's own factories
    // of listeners, of whatever key, give way.
    private static void CloseDoors(this IServiceCollection services)
    {
        foreach (var door in services.Where(s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).ToArray())
        {
            services.Remove(door);
            services.AddKeyedSingleton<IConnectionListenerFactory, ClosedDoors>(door.ServiceKey);
        }
    }

    /// <summary>Binds no socket and accepts nobody.</summary>
    private sealed class ClosedDoors : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new ClosedDoor(endpoint));
    }

    private sealed class ClosedDoor(EndPoint endpoint) : IConnectionListener
    {
        public EndPoint EndPoint => endpoint;

        /// <summary>Null says that no connection will ever come.</summary>
        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => default;

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => default;

        public ValueTask DisposeAsync() => default;
    }
}
