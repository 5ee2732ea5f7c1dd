using Plumbline.Host.Clustering.Joining;
using Plumbline.Host.Clustering.Trust;

namespace Plumbline.Cluster.Tests.Settings;

/// <summary>What nodes have to agree on.</summary>
public sealed class SharedSettingsTests
{
    [Fact]
    public void TheSame_DifferInNothing() => Assert.Empty(Differences([], []));

    [Fact]
    public void WhatIsANodesOwn_MayDiffer() =>
        Assert.Empty(Differences([("PLUMBLINE_PORT", "1"), ("PLUMBLINE_SILO_PORT", "2"), ("PLUMBLINE_METRICS", "off")], []));

    [Theory]
    [InlineData("PLUMBLINE_TRACES__SHARDS_PER_PROJECT", "7", "PLUMBLINE_TRACES__SHARDS_PER_PROJECT is 7 here and")]
    [InlineData("PLUMBLINE_TRACES__STORE__SEAL_AGE", "00:05:01", "PLUMBLINE_TRACES__STORE__SEAL_AGE is 00:05:01 here and")]
    [InlineData("PLUMBLINE_REVIEWS__MAX_ITEMS", "5", "PLUMBLINE_REVIEWS__MAX_ITEMS is 5 here and")]
    [InlineData("PLUMBLINE_PUBLIC_URL", "https://a.example", "PLUMBLINE_PUBLIC_URL is https://a.example/ here and none there")]
    [InlineData("PLUMBLINE_INTROSPECTION", "key,owner", "PLUMBLINE_INTROSPECTION is key,owner here and")]
    [InlineData("PLUMBLINE_CLUSTER_SECRET", Given.OtherSecret, "--cluster-secret or --cluster-certificate is another")]
    public void WhatDiffers_IsNamed(string variable, string value, string said) =>
        Assert.StartsWith(said, Assert.Single(Differences([(variable, value)], [])), StringComparison.Ordinal);

    [Fact]
    public void KeysAreChanged_OneNodeAfterAnother_OldFirst()
    {
        var (both, turned) = ($"{Given.MasterKey},{Given.OtherMasterKey}", $"{Given.OtherMasterKey},{Given.MasterKey}");
        Assert.Empty(Differences([("PLUMBLINE_MASTER_KEYS", both)], []));
        Assert.Empty(Differences([("PLUMBLINE_MASTER_KEYS", turned)], [("PLUMBLINE_MASTER_KEYS", both)]));
        Assert.Contains("master-keys", Assert.Single(Differences([("PLUMBLINE_MASTER_KEYS", turned)], [])), StringComparison.Ordinal);
        var secrets = $"{Given.OtherSecret},{Given.Secret}";
        Assert.Empty(Differences([("PLUMBLINE_CLUSTER_SECRET", secrets)], [("PLUMBLINE_CLUSTER_SECRET", $"{Given.Secret},{Given.OtherSecret}")]));
        Assert.Single(Differences([("PLUMBLINE_CLUSTER_SECRET", secrets)], []));
    }

    [Fact]
    public void ALimitThatOnlyANewerVersionHas_IsNoDifference()
    {
        var (old, next) = (Of([]), Of([]));
        next = next with { Values = next.Values.Add("PLUMBLINE_TRACES__NEW", "1") };
        Assert.Empty(next.DifferencesTo(old));
        Assert.Empty(old.DifferencesTo(next));
    }

    private static IEnumerable<string> Differences((string, string?)[] here, (string, string?)[] there) => Of(here).DifferencesTo(Of(there));

    private static SharedSettings Of((string, string?)[] changes)
    {
        var read = Given.Read(changes);
        Assert.Empty(read.Problems);
        return SharedSettings.Of(read.Options, TrustComposition.TrustOf(read.Options.Cluster));
    }
}
