using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Features.Grains;

/// <summary>What holds for every call of every grain, in one process and in a cluster.</summary>
public static class GrainsFeature
{
    /// <summary>Adds the limits of calls and the filters that check tenants, repeat what was lost on the way and word what failed.</summary>
    public static ISiloBuilder UseGrainRules(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<GrainCalls>();
        silo.AddOutgoingGrainCallFilter<TransportFilter>();
        silo.AddOutgoingGrainCallFilter<TenantStamp>();
        silo.AddIncomingGrainCallFilter<TenantFilter>();
        silo.AddIncomingGrainCallFilter<StorageFilter>();
        return silo.UseCallLimits();
    }
}
