using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plumbline.Host.Clustering.Trust;
using Plumbline.Host.Configuration;

namespace Plumbline.Cluster.Tests.Trust;

/// <summary>Certificates that the operator issues.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private const string Password = "open sesame";
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-certificates-").FullName;

    [Fact]
    public void NodesOfOneAuthority_TrustEachOther_AndNoneOfAnother()
    {
        using var authority = Authority("CN=Ours");
        using var stranger = Authority("CN=Ours");
        var (one, two) = (Read(File(Node(authority), authority)), Read(File(Node(authority), authority)));
        Assert.True(one.Trusts(two.Certificate) && two.Trusts(one.Certificate));
        Assert.False(one.Trusts(Read(File(Node(stranger), stranger)).Certificate));
    }

    [Fact]
    public void OneCertificateThatAllNodesHave_IsItsOwnAuthority()
    {
        using var shared = Authority("CN=Shared");
        var file = File(shared);
        Assert.True(Read(file).Trusts(Read(file).Certificate));
    }

    [Fact]
    public void AnAuthorityOnItsWayOut_IsStillTrusted()
    {
        using var old = Authority("CN=Old");
        using var next = Authority("CN=Next");
        var turning = Read(File(Node(next), next, old));
        Assert.True(turning.Trusts(Node(old)));
        Assert.Contains(Read(File(Node(old), old)).Fingerprint, turning.Accepted);
        Assert.Equal(Read(File(Node(next), next)).Fingerprint, turning.Fingerprint);
    }

    [Fact]
    public void WhatCannotBeUsed_IsExplained()
    {
        using var authority = Authority("CN=Ours");
        Assert.Contains("cannot be used", CertificateFile.Fault(Settings(File(Node(authority), authority), "wrong")), StringComparison.Ordinal);
        Assert.Contains("no authority", CertificateFile.Fault(Settings(File(Node(authority)))), StringComparison.Ordinal);
        Assert.Contains("no private key", CertificateFile.Fault(Settings(File(PublicOf(authority)))), StringComparison.Ordinal);
        var expired = Node(authority, TimeProvider.System.GetUtcNow().AddDays(-1));
        Assert.Contains("has expired", CertificateFile.Fault(Settings(File(expired, authority))), StringComparison.Ordinal);
        Assert.Null(CertificateFile.Fault(Settings(File(Node(authority), authority))));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static ClusterSettings Settings(string file, string password = Password) => new() { Certificate = file, CertificatePassword = password };

    private static NodeTrust Read(string file) => CertificateFile.Read(Settings(file));

    private string File(params X509Certificate2[] certificates)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.pfx");
        var own = certificates.First();
        // Authorities are handed out without their keys.
        X509Certificate2Collection all = [own, .. certificates.Skip(1).Select(PublicOf)];
        System.IO.File.WriteAllBytes(path, all.Export(X509ContentType.Pkcs12, Password)!);
        return path;
    }

    private static X509Certificate2 PublicOf(X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-10), now.AddDays(10));
    }

    private static X509Certificate2 Node(X509Certificate2 authority, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddDays(-9), until ?? now.AddDays(9), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
