using Plumbline.Host.Configuration;
using Plumbline.Host.Hosting;

namespace Plumbline.Host.Clustering.Joining;

/// <summary>The check of a node that joins.</summary>
internal static class JoiningComposition
{
    public static void AddJoinCheck(this WebApplicationBuilder builder, SharedSettings settings) =>
        builder.Services.AddSingleton(settings).AddSingleton<JoinCheck>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<JoinCheck>());

    /// <summary>Before anything starts: whoever is refused here has left no trace in the cluster.</summary>
    /// <exception cref="SiloPortInUseException">Another program listens at the port. The runtime would share it, and take a node there
    /// for its past self.</exception>
    /// <exception cref="JoinRefusedException">The nodes that run have other settings.</exception>
    public static async Task CheckAsync(IServiceProvider services, ClusterSettings cluster)
    {
        if (!Ports.IsFree(NodeAddress.Listening(cluster))) throw new SiloPortInUseException();
        await services.GetRequiredService<JoinCheck>().CheckRunningAsync();
    }
}

/// <summary>Another program listens at the port for nodes.</summary>
internal sealed class SiloPortInUseException() : Exception("The port for nodes is in use.");
