using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Plumbline.Host.Clustering.Trust;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>Who becomes a node beside one that runs, and who does not.</summary>
[Collection(nameof(TwoNodes))]
public sealed class JoiningTests(TwoNodes nodes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task OtherLimits_AreRefused_AndNamed() => RefusedAsync(
        [("PLUMBLINE_TRACES__SHARDS_PER_PROJECT", "7"), ("PLUMBLINE_REVIEWS__MAX_ITEMS", "5")],
        "PLUMBLINE_REVIEWS__MAX_ITEMS is 5 here and 100000 there", "PLUMBLINE_TRACES__SHARDS_PER_PROJECT is 7 here and", "stop the other nodes first");

    [Fact]
    public async Task AnotherMasterKey_IsRefused_AndSealsNothing()
    {
        var before = await nodes.Cluster.NamesAsync("keys/");
        Assert.NotEmpty(before);
        await RefusedAsync([("PLUMBLINE_MASTER_KEYS", Given.OtherMasterKey)], "--master-keys");
        Assert.Equal(before, await nodes.Cluster.NamesAsync("keys/"));
    }

    [Fact]
    public async Task WhoeverIsRefused_LeavesNothingBehind()
    {
        await RefusedAsync([("PLUMBLINE_CLUSTER_SECRET", Given.OtherSecret)], "--cluster-secret");
        Assert.Equal(2, (await nodes.Cluster.NamesAsync("cluster/nodes/")).Count);
    }

    [Fact]
    public Task ThePortOfAnotherNode_IsRefused() =>
        RefusedAsync([("PLUMBLINE_SILO_PORT", $"{nodes.Cluster.SiloPorts[0]}")], $"Port {nodes.Cluster.SiloPorts[0]} is in use by another program");

    /// <summary>Below the check of settings, which a program that means harm would leave out:
    /// nobody speaks to a node without a certificate of its authority.</summary>
    [Fact]
    public async Task TheWire_TakesOnlyWhatTheSecretHasSigned()
    {
        var (ours, theirs) = (SecretTrust.Of(nodes.Cluster.Id, [Given.Secret]), SecretTrust.Of(nodes.Cluster.Id, [Given.OtherSecret]));
        Assert.True(await IsGreetedAsync(ours.Certificate));
        Assert.False(await IsGreetedAsync(theirs.Certificate));
        Assert.False(await IsGreetedAsync(SecretTrust.Of("another", [Given.Secret]).Certificate));
        Assert.False(await IsGreetedAsync(null));
    }

    /// <summary>Nor does a node speak to whoever only has its address.</summary>
    [Fact]
    public async Task TheWire_ShowsACertificateOfTheAuthority()
    {
        var (ours, theirs) = (SecretTrust.Of(nodes.Cluster.Id, [Given.Secret]), SecretTrust.Of(nodes.Cluster.Id, [Given.OtherSecret]));
        Assert.True(await IsGreetedAsync(ours.Certificate, ours.Trusts));
        Assert.False(await IsGreetedAsync(ours.Certificate, theirs.Trusts));
    }

    [Fact]
    public async Task TheWire_IsTls()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, nodes.Cluster.SiloPorts[0]);
        var stream = socket.GetStream();
        await stream.WriteAsync(new byte[64]);
        Assert.False(await IsTalkingAsync(stream, bytes => bytes > 7)); // at most an alert
    }

    // A node that takes somebody for a node says its name at once.
    private async Task<bool> IsGreetedAsync(X509Certificate2? certificate, Func<X509Certificate2, bool>? trusts = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, nodes.Cluster.SiloPorts[0]);
        await using var tls = new SslStream(socket.GetStream(), false, (_, shown, _, _) =>
            shown is X509Certificate2 certificateOfNode && trusts?.Invoke(certificateOfNode) != false);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "node.plumbline",
                ClientCertificates = certificate is null ? [] : [certificate],
            });
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
        return await IsTalkingAsync(tls, bytes => bytes > 0);
    }

    private static async Task<bool> IsTalkingAsync(Stream stream, Func<int, bool> isEnough)
    {
        try
        {
            return isEnough(await stream.ReadAsync(new byte[1024]).AsTask().WaitAsync(Patience));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task RefusedAsync((string, string)[] changes, params string[] said)
    {
        var (exitCode, output) = await nodes.Cluster.RefusedAsync(changes);
        Assert.Equal(1, exitCode);
        foreach (var part in said) Assert.Contains(part, output, StringComparison.Ordinal);
    }
}
