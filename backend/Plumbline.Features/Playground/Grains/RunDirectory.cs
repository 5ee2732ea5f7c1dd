using Plumbline.Contracts;
using Plumbline.Contracts.Playground;

namespace Plumbline.Features.Playground.Grains;

/// <summary>The runs of a project, for what the server does by itself: nobody asks, so nobody is checked.</summary>
internal sealed class RunDirectory(IGrainFactory grains)
{
    public IPlaygroundRunGrain Run(ProjectKey project, string runId) => grains.GetGrain<IPlaygroundRunGrain>(project.Child(runId));
}
