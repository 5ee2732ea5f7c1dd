using System.Collections;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Every grain knows after its activation has ended what it knew before: any may end at any time.</summary>
public sealed class ReloadTests(SharedProduct shared)
{
    /// <summary>What only counts, and why it may forget.</summary>
    private static readonly Dictionary<string, string> Forgetful = new(StringComparer.Ordinal)
    {
        ["quota"] = "what a caller used in the last minute: forgetting it lets them use it once more",
        ["runslots"] = "runs that go on say so again",
    };

    public static TheoryData<string> GrainTypes =>
        [.. ProductTypes.Grains.Select(ProductTypes.GrainTypeOf).Except(Forgetful.Keys).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(GrainTypes))]
    public async Task Grain_Reloaded_KnowsWhatItKnew(string grainType)
    {
        var host = await shared.HostAsync();
        var kept = await new KeptByGrains(host, await host.AddTenantAsync()).ByAsync(grainType);
        Assert.False(kept.Before is null or false or ICollection { Count: 0 }, "It knew nothing to begin with.");
        await host.ReloadAsync(kept.Grain);
        Assert.Empty(Differences.Between(kept.Before, await kept.Read(), grainType));
    }
}
