using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Clustering.Trust;

/// <summary>Trust that comes from a file: a node's certificate with its key, and the authorities whose certificates are nodes'. What is issued by
/// itself in it is an authority; a single such certificate, which all nodes have, is its own.</summary>
internal static class CertificateFile
{
    /// <summary>What is wrong with the file, as the end of a sentence; null when it will do.</summary>
    public static string? Fault(ClusterSettings cluster)
    {
        if (!File.Exists(cluster.Certificate)) return "which is not there";
        try
        {
            using var own = Read(cluster).Certificate;
            return null;
        }
        catch (CryptographicException e)
        {
            return $"which cannot be used: {e.Message.TrimEnd('.')}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "which cannot be read";
        }
    }

    public static NodeTrust Read(ClusterSettings cluster)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(cluster.Certificate!, cluster.CertificatePassword);
        var own = all.FirstOrDefault(c => c.HasPrivateKey && !IsAuthority(c)) ?? all.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new CryptographicException("there is no private key in it");
        X509Certificate2[] authorities = [.. all.Where(IsSelfIssued)];
        if (authorities.Length == 0) throw new CryptographicException("there is no authority in it, which is a certificate that is issued by itself");
        var trust = new NodeTrust(own, [.. all.Where(c => !IsSelfIssued(c) && c != own)], [.. authorities]);
        return trust.Trusts(own) ? trust : throw new CryptographicException("its certificate is none of its authority, or has expired");
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority);
}
