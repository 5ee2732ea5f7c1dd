using Orleans.Connections.Security;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Clustering.Trust;

/// <summary>TLS between nodes, where each proves to the other that it is one. The silo protocol itself knows no credentials.</summary>
internal static class TrustComposition
{
    private const string NodeName = "node.plumbline"; // what a node is called is of no account; TLS wants a name

    /// <summary>What the settings say; they have been checked.</summary>
    public static NodeTrust TrustOf(ClusterSettings cluster) =>
        cluster.Certificate is null ? SecretTrust.Of(cluster.Id, cluster.Secrets) : CertificateFile.Read(cluster);

    public static ISiloBuilder UseTrust(this ISiloBuilder silo, NodeTrust trust) => silo.UseTls(trust.Certificate, tls =>
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => trust.Certificate;
        tls.RemoteCertificateValidation = (shown, _, _) => trust.Trusts(shown);
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = NodeName;
    });
}
