using Orleans.Core.Internal;
using Orleans.TestingHost;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Tests;

/// <summary>The silo of a test host: the product's own, on two clocks.</summary>
internal static class TestSilo
{
    /// <summary>Leaves real time to the silo itself and the host's clock to the grains: a test that moves its clock by a day must not make
    /// the silo believe that it was dead for one.</summary>
    public static ISiloBuilder UseTestSilo(this ISiloBuilder silo)
    {
        silo.UseGrainRules().UseLoneSilo();
        silo.AddOutgoingGrainCallFilter<ForAnybody>();
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        return silo;
    }

    /// <summary>What a test calls by itself it calls for the tenant of the grain; what it lets the product call, in a scope, is checked as
    /// in the product.</summary>
    private sealed class ForAnybody : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.SourceId is null && CallScope.Current is null) RequestContext.Set(TenantStamp.Header, Tenancy.Of(context.TargetId.Key.ToString()!));
            return context.Invoke();
        }
    }

    /// <summary>Ends the grain's activation; the next call finds what was stored.</summary>
    public static async Task ReloadAsync(IAddressable grain) => await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
}
