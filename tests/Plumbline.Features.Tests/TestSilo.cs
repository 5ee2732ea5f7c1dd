using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Tests;

/// <summary>The silo of a test host: the product's own, on two clocks.</summary>
internal static class TestSilo
{
    /// <summary>Leaves real time to the silo itself and the host's clock to the grains: a test that moves its clock by a day must not make the silo believe that it was dead for one.</summary>
    public static ISiloBuilder UseTestSilo(this ISiloBuilder silo)
    {
        silo.UseLoneSilo();
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        return silo;
    }

    /// <summary>Ends the grain's activation; the next call finds what was stored.</summary>
    public static async Task ReloadAsync(IAddressable grain) => await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
}
