using System.Security.Cryptography.X509Certificates;

namespace Plumbline.Host.Clustering.Trust;

/// <summary>What a node shows the others, and whom it lets in: those whose certificates come from an authority that it has itself.</summary>
/// <param name="Certificate">The node's own, with its key.</param>
/// <param name="Between">What stands between it and the authority, if anything.</param>
/// <param name="Authorities">Whose certificates are trusted, and nobody else's: not those that the machine trusts otherwise.</param>
internal sealed record NodeTrust(X509Certificate2 Certificate, X509Certificate2Collection Between, X509Certificate2Collection Authorities)
{
    /// <summary>Whether somebody is a node. The name in a certificate does not matter: whoever the authority has given one may join.</summary>
    public bool Trusts(X509Certificate2? shown)
    {
        if (shown is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(Between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(shown);
    }

    /// <summary>What the authority of this node is known by, for a sentence and for comparison.</summary>
    public string Fingerprint
    {
        get
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(Authorities);
            chain.ChainPolicy.ExtraStore.AddRange(Between);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.Build(Certificate);
            return FingerprintOf(chain.ChainElements[^1].Certificate);
        }
    }

    /// <summary>The fingerprints of all whose certificates are trusted.</summary>
    public IEnumerable<string> Accepted => Authorities.Select(FingerprintOf);

    private static string FingerprintOf(X509Certificate2 authority) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(authority.PublicKey.ExportSubjectPublicKeyInfo()))[..16];
}
