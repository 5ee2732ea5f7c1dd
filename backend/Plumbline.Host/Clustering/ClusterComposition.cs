using Orleans.Configuration;
using Plumbline.Features.Grains;
using Plumbline.Host.Clustering.Joining;
using Plumbline.Host.Clustering.Sealing;
using Plumbline.Host.Clustering.Storage;
using Plumbline.Host.Clustering.Trust;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Clustering;

/// <summary>A node of a cluster: everything that is kept is in the storage that all nodes share, and grains are wherever there is room.</summary>
internal static class ClusterComposition
{
    /// <summary>A message of a node that hangs is missed so often, and the longest time it may take, until the others go on without it.</summary>
    private const int MissedProbes = 3;

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    // What a node that is busy is granted. Three of these, and the time that the last of them begins late, are below fifteen seconds.
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(3);

    // The table is what nodes that cannot hear each other learn from.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);

    /// <summary>How often a node says in the table that it runs. After three times without it, a node that starts no longer asks for its answer.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(60);

    private const int RememberedGrains = 100_000;

    public static void AddClusterNode(this WebApplicationBuilder builder, ServerOptions options)
    {
        var cluster = options.Cluster;
        var (account, trust) = (cluster.Storage!, TrustComposition.TrustOf(cluster));
        builder.AddSharedStorage(cluster.Id, account);
        builder.AddSealing(cluster.MasterKeys);
        builder.AddJoinCheck(SharedSettings.Of(options, trust));
        builder.UseOrleans(silo => silo.UseGrainRules().UseTrust(trust).UseMembership(cluster, account).UseSharedGrainStorage(cluster.Id, account));
    }

    private static ISiloBuilder UseMembership(this ISiloBuilder silo, ClusterSettings cluster, StorageAccount account)
    {
        silo.Configure<ClusterOptions>(names => (names.ClusterId, names.ServiceId) = (cluster.Id, cluster.Id));
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = NodeAddress.Advertised(cluster).Address;
            endpoints.SiloListeningEndpoint = NodeAddress.Listening(cluster);
            (endpoints.SiloPort, endpoints.GatewayPort) = (cluster.SiloPort, 0); // no clients but the nodes themselves
        });
        silo.Configure<ClusterMembershipOptions>(Noticing);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = RememberedGrains);
        silo.UseAzureStorageClustering(table => table.TableServiceClient = account.Tables);
        return silo.UseAzureTableReminderService(table => table.TableServiceClient = account.Tables);
    }

    private static void Noticing(ClusterMembershipOptions membership)
    {
        (membership.ProbeTimeout, membership.MinProbeTimeout, membership.MaxProbeTimeout) = (Probe, Probe, LongestProbe);
        membership.NumMissedProbesLimit = MissedProbes;
        membership.TableRefreshTimeout = TableRefresh;
        membership.IAmAliveTablePublishTimeout = SignOfLife;
        membership.MaxJoinAttemptTime = LongestJoin;
        // A node that cannot reach the others is more likely to be the odd one itself.
        membership.EvictWhenMaxJoinAttemptTimeExceeded = false;
    }
}
