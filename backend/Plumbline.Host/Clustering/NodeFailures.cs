using Azure;
using Azure.Identity;
using Orleans.Runtime.MembershipService;
using Plumbline.Host.Clustering.Joining;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Clustering;

/// <summary>Why a node cannot start, in a sentence.</summary>
internal static class NodeFailures
{
    /// <summary>The sentence, or null for what is no matter of clusters.</summary>
    public static string? Sentence(Exception failure, ClusterSettings cluster) =>
        Causes(failure).Select(e => Of(e, cluster)).FirstOrDefault(s => s is not null);

    private static string? Of(Exception failure, ClusterSettings cluster) => failure switch
    {
        JoinRefusedException => failure.Message,
        SiloPortInUseException => $"Port {cluster.SiloPort} is in use by another program. "
            + "Stop it, or choose another port with --silo-port or PLUMBLINE_SILO_PORT.",
        OrleansClusterConnectivityCheckFailedException => "This node cannot join its cluster: the others do not answer it, or it not them. "
            + $"Nodes have to reach each other at {NodeAddress.Advertised(cluster)} (--advertised-address, --silo-port) "
            + "and to have the same --cluster-secret, or certificates of the same authority.",
        StorageUnavailableException or RequestFailedException or AuthenticationFailedException =>
            $"The storage account at {cluster.Storage!.Address} cannot be used: {failure.Message.Split('\n', 2)[0].TrimEnd()}",
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause is AggregateException { InnerExceptions: [.., var last] } ? last : cause.InnerException)
            yield return cause;
    }
}
