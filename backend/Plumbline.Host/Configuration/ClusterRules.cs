using System.Net;
using Plumbline.Host.Clustering;
using Plumbline.Host.Clustering.Trust;

namespace Plumbline.Host.Configuration;

/// <summary>What the settings of a cluster may be together.</summary>
internal static class ClusterRules
{
    public static IEnumerable<string> Problems(ServerOptions options) => options.Cluster.IsOn ? NodeProblems(options) : LoneProblems(options.Cluster);

    // A server that was meant for a cluster and keeps its data in a folder of its own would be found out late.
    private static IEnumerable<string> LoneProblems(ClusterSettings cluster)
    {
        if (cluster.Given.Count > 0 && !cluster.Gave("--cluster"))
            yield return $"{string.Join(" and ", cluster.Given)}: that is for a node of a cluster, and this server would run alone. "
                + "Say --cluster azure (PLUMBLINE_CLUSTER=azure), or leave it out.";
    }

    private static IEnumerable<string> NodeProblems(ServerOptions options)
    {
        var cluster = options.Cluster;
        if (!cluster.Gave("--storage"))
            yield return "--cluster (PLUMBLINE_CLUSTER) is 'azure' without --storage (PLUMBLINE_STORAGE); it takes " + StorageAccount.Allowed + ".";
        if (!cluster.Gave("--master-keys"))
            yield return "--cluster (PLUMBLINE_CLUSTER) is 'azure' without --master-keys (PLUMBLINE_MASTER_KEYS), which seal secrets in the storage; "
                + "make one by: openssl rand -base64 32";
        foreach (var problem in TrustProblems(cluster)) yield return problem;
        if (options.Port == cluster.SiloPort || options.OtlpGrpcPort == cluster.SiloPort || options.OtlpHttpPort == cluster.SiloPort)
            yield return $"--silo-port (PLUMBLINE_SILO_PORT) is {cluster.SiloPort}, which another option names, too; it needs a port of its own.";
        if (cluster.AdvertisedAddress is null && NodeAddress.OfThisMachine() is { Length: not 1 } found)
            yield return "--advertised-address (PLUMBLINE_ADVERTISED_ADDRESS) is needed: "
                + (found.Length == 0 ? "this machine has no address but loopback." : $"this machine has {string.Join<IPAddress>(", ", found)}.");
    }

    private static IEnumerable<string> TrustProblems(ClusterSettings cluster)
    {
        var hasSecret = cluster.Gave("--cluster-secret");
        if (hasSecret == cluster.Certificate is not null)
            yield return "A node needs one of --cluster-secret (PLUMBLINE_CLUSTER_SECRET) and --cluster-certificate (PLUMBLINE_CLUSTER_CERTIFICATE), which the "
                + $"nodes know each other by, and {(hasSecret ? "has both" : "has none; make a secret by: openssl rand -hex 32")}.";
        else if (cluster.Certificate is not null && CertificateFile.Fault(cluster) is { } fault)
            yield return $"--cluster-certificate (PLUMBLINE_CLUSTER_CERTIFICATE) is '{cluster.Certificate}', {fault}.";
    }
}
