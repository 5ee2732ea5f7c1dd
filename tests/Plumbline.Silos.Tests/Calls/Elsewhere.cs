using Orleans.Runtime.Placement;

namespace Plumbline.Silos.Tests.Calls;

/// <summary>Has every grain that is called opened on another silo than its caller's, so that its messages go over the wire, also those
/// between grains.</summary>
internal sealed class Elsewhere(ILocalSiloDetails here, ISiloStatusOracle members) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var other = members.GetApproximateSiloStatuses(onlyActive: true).Keys.FirstOrDefault(silo => !silo.Equals(here.SiloAddress));
        if (other is not null) RequestContext.Set(IPlacementDirector.PlacementHintKey, other);
        await context.Invoke();
    }
}
