using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plumbline.Host.Clustering.Trust;

/// <summary>Trust that comes from a secret alone: whoever knows it can work out the key of the cluster's authority, and gives itself a certificate.</summary>
internal static class SecretTrust
{
    // They hold for as long as the secret does: a clock that is wrong, or a node that runs for years, is no reason to be cut off.
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Works out what a node shows and trusts.</summary>
    /// <param name="cluster">The cluster: the same secret makes other authorities elsewhere.</param>
    /// <param name="secrets">The first is used, all are accepted.</param>
    public static NodeTrust Of(string cluster, IReadOnlyList<string> secrets)
    {
        X509Certificate2[] authorities = [.. secrets.Select(secret => Authority(cluster, secret))];
        return new(Node(cluster, authorities[0]), [], [.. authorities]);
    }

    private static X509Certificate2 Authority(string cluster, string secret)
    {
        using var key = KeyOf(cluster, secret);
        var request = new CertificateRequest($"CN=Plumbline cluster {cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(From, Until);
    }

    private static X509Certificate2 Node(string cluster, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Node of {cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var signed = request.Create(authority, From, Until, RandomNumberGenerator.GetBytes(16));
        using var whole = signed.CopyWithPrivateKey(key);
        // TLS of some systems takes no key that was never in a file.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static ECDsa KeyOf(string cluster, string secret)
    {
        var scalar = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, Encoding.UTF8.GetBytes(cluster), "plumbline cluster authority"u8.ToArray());
        scalar[0] &= 0x7f; // below the order of the curve, which begins with ones
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
    }
}
