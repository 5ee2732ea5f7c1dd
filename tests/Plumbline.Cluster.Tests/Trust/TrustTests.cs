using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plumbline.Host.Clustering.Trust;

namespace Plumbline.Cluster.Tests.Trust;

/// <summary>Whom a node takes for a node.</summary>
public sealed class TrustTests
{
    [Fact]
    public void TheSameSecret_TrustsEachOther_AndNobodyElse()
    {
        var (one, two) = (SecretTrust.Of("blue", [Given.Secret]), SecretTrust.Of("blue", [Given.Secret]));
        Assert.NotEqual(one.Certificate.Thumbprint, two.Certificate.Thumbprint);
        Assert.True(one.Trusts(two.Certificate) && two.Trusts(one.Certificate) && one.Trusts(one.Certificate));
        Assert.False(one.Trusts(SecretTrust.Of("blue", [Given.OtherSecret]).Certificate));
        Assert.False(one.Trusts(SecretTrust.Of("green", [Given.Secret]).Certificate));
        Assert.False(one.Trusts(null));
    }

    [Fact]
    public void ASecretThatIsOnItsWayOut_IsStillAccepted()
    {
        var (turned, old) = (SecretTrust.Of("blue", [Given.OtherSecret, Given.Secret]), SecretTrust.Of("blue", [Given.Secret]));
        Assert.True(turned.Trusts(old.Certificate));
        Assert.False(old.Trusts(turned.Certificate));
    }

    /// <summary>The name of the authority is known to everybody; its key is not.</summary>
    [Fact]
    public void ACertificateThatOnlyNamesTheAuthority_IsNone()
    {
        var trust = SecretTrust.Of("blue", [Given.Secret]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Plumbline cluster blue", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var forged = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Assert.False(trust.Trusts(forged));
    }

    /// <summary>A node cannot let in others: its certificate is no authority's.</summary>
    [Fact]
    public void WhatANodeHasSigned_IsNotTrusted()
    {
        var trust = SecretTrust.Of("blue", [Given.Secret]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Guest", key, HashAlgorithmName.SHA256);
        var signer = X509SignatureGenerator.CreateForECDsa(trust.Certificate.GetECDsaPrivateKey()!);
        var now = TimeProvider.System.GetUtcNow();
        using var guest = request.Create(trust.Certificate.SubjectName, signer, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        Assert.False((trust with { Between = [trust.Certificate] }).Trusts(guest));
    }
}
