using System.Collections;
using System.Net;
using Plumbline.Host.Configuration;

namespace Plumbline.Cluster.Tests.Settings;

/// <summary>What a node can be told, and the sentences about what it cannot.</summary>
public sealed class ClusterSettingsTests
{
    [Fact]
    public void Nothing_MeansAlone()
    {
        var read = ServerOptions.Read([], new Hashtable());
        Assert.Empty(read.Problems);
        Assert.False(read.Options.Cluster.IsOn);
    }

    [Fact]
    public void Arguments_WinOverTheEnvironment()
    {
        var read = ServerOptions.Read(
            ["--cluster", "azure", "--cluster-id", "blue", "--silo-port", "12000", "--advertised-address", "10.0.0.7", "--storage", Given.Account],
            Given.Node(("PLUMBLINE_CLUSTER", "off"), ("PLUMBLINE_CLUSTER_ID", "green"), ("PLUMBLINE_SILO_PORT", "1"), ("PLUMBLINE_STORAGE", "nonsense")));
        Assert.Empty(read.Problems);
        var cluster = read.Options.Cluster;
        Assert.Equal((true, "blue", 12_000, IPAddress.Parse("10.0.0.7")), (cluster.IsOn, cluster.Id, cluster.SiloPort, cluster.AdvertisedAddress));
        Assert.Equal("https://someaccount.blob.core.windows.net/", cluster.Storage!.Address);
    }

    [Fact]
    public void AnAddress_LeadsToTablesToo_WithTheIdentityOfTheMachine()
    {
        var read = Given.Read(("PLUMBLINE_STORAGE", "https://someaccount.blob.core.windows.net"));
        Assert.Empty(read.Problems);
        var account = read.Options.Cluster.Storage!;
        Assert.Equal("https://someaccount.table.core.windows.net/", account.Tables.Uri.ToString());
        Assert.NotNull(account.Identity);
    }

    [Theory]
    [InlineData("PLUMBLINE_CLUSTER", "aws", "--cluster (PLUMBLINE_CLUSTER) is 'aws'; allowed are off, azure.")]
    [InlineData("PLUMBLINE_STORAGE", null, "without --storage (PLUMBLINE_STORAGE)")]
    [InlineData("PLUMBLINE_STORAGE", "AccountKey=hushhush", "--storage (PLUMBLINE_STORAGE) is not repeated here")]
    [InlineData("PLUMBLINE_STORAGE", "http://someaccount.blob.core.windows.net", "allowed are a connection string")]
    [InlineData("PLUMBLINE_STORAGE", "https://someaccount.blob.core.windows.net/?sig=hushhush", "allowed are a connection string")]
    [InlineData("PLUMBLINE_STORAGE", "https://example.com", "allowed are a connection string")]
    [InlineData("PLUMBLINE_CLUSTER_ID", "Blue", "--cluster-id (PLUMBLINE_CLUSTER_ID) is 'Blue'; allowed are 3 to 63")]
    [InlineData("PLUMBLINE_CLUSTER_ID", "a--b", "--cluster-id (PLUMBLINE_CLUSTER_ID) is 'a--b'")]
    [InlineData("PLUMBLINE_CLUSTER_ID", "ab", "--cluster-id (PLUMBLINE_CLUSTER_ID) is 'ab'")]
    [InlineData("PLUMBLINE_SILO_PORT", "0", "--silo-port (PLUMBLINE_SILO_PORT) is '0'; allowed are 1 to 65535.")]
    [InlineData("PLUMBLINE_SILO_PORT", "65536", "allowed are 1 to 65535")]
    [InlineData("PLUMBLINE_SILO_PORT", "5080", "which another option names, too")]
    [InlineData("PLUMBLINE_ADVERTISED_ADDRESS", "0.0.0.0", "--advertised-address (PLUMBLINE_ADVERTISED_ADDRESS) is '0.0.0.0'")]
    [InlineData("PLUMBLINE_ADVERTISED_ADDRESS", "node-a", "allowed are addresses of one machine")]
    [InlineData("PLUMBLINE_CLUSTER_SECRET", null, "has none; make a secret by: openssl rand -hex 32")]
    [InlineData("PLUMBLINE_CLUSTER_SECRET", "hushhush", "--cluster-secret (PLUMBLINE_CLUSTER_SECRET) is not repeated here")]
    [InlineData("PLUMBLINE_CLUSTER_SECRET", "hushhush hushhush hushhush hushhush", "allowed are 1 to 10 texts of 32 to 1000 characters")]
    [InlineData("PLUMBLINE_CLUSTER_CERTIFICATE", "node.pfx", "and has both")]
    [InlineData("PLUMBLINE_MASTER_KEYS", null, "without --master-keys (PLUMBLINE_MASTER_KEYS)")]
    [InlineData("PLUMBLINE_MASTER_KEYS", "aHVzaGh1c2g=", "allowed are 1 to 10 keys of 32 bytes as base64")]
    [InlineData("PLUMBLINE_MASTER_KEYS", "@/no/such/file", "names the file '/no/such/file', which cannot be read")]
    public void WhatCannotBe_IsSaidOnce_WithoutSecrets(string variable, string? value, string said)
    {
        var problem = Assert.Single(Given.Read((variable, value)).Problems);
        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hushhush", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVzaGh1c2g", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsOfNodes_WithoutACluster_AreRefused()
    {
        var problem = Assert.Single(Given.Read(("PLUMBLINE_CLUSTER", null)).Problems);
        Assert.Contains("this server would run alone", problem, StringComparison.Ordinal);
        Assert.Contains("--storage and --cluster-secret and --master-keys", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoeverSaysThatThereIsNoCluster_IsBelieved()
    {
        var read = Given.Read(("PLUMBLINE_CLUSTER", "off"));
        Assert.Empty(read.Problems);
        Assert.False(read.Options.Cluster.IsOn);
    }

    [Fact]
    public void Secrets_AreTakenFromFiles()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"{Given.Secret},{Given.OtherSecret}\n");
            var read = Given.Read(("PLUMBLINE_CLUSTER_SECRET", $"@{file}"));
            Assert.Empty(read.Problems);
            Assert.Equal([Given.Secret, Given.OtherSecret], read.Options.Cluster.Secrets);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void ACertificateThatCannotBeRead_IsNamed()
    {
        var problem = Assert.Single(Given.Read(("PLUMBLINE_CLUSTER_SECRET", null), ("PLUMBLINE_CLUSTER_CERTIFICATE", "nowhere.pfx")).Problems);
        Assert.Contains("is 'nowhere.pfx', which is not there", problem, StringComparison.Ordinal);
    }
}
