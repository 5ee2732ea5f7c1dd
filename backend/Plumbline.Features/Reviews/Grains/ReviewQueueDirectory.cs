using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>The queues of a project, for what the server does by itself: nobody asks, so nobody is checked.</summary>
internal sealed class ReviewQueueDirectory(IGrainFactory grains)
{
    public async Task<IReadOnlyList<IReviewQueueGrain>> ListAsync(ProjectKey project) => Of(project, await QueuesOf(project).ListAsync());

    /// <summary>Those that may have given something of these traces to a reviewer.</summary>
    public async Task<IReadOnlyList<IReviewQueueGrain>> ThatGaveAsync(ProjectKey project, ImmutableArray<string> traceIds) =>
        Of(project, await QueuesOf(project).WhichGaveAsync(traceIds));

    /// <summary>Remembers that something of a trace is given to a reviewer.</summary>
    public Task GiveAsync(ProjectKey project, string traceId) => QueuesOf(project).GiveAsync([traceId]);

    private IReviewQueuesGrain QueuesOf(ProjectKey project) => grains.GetGrain<IReviewQueuesGrain>(project.ToString());

    private List<IReviewQueueGrain> Of(ProjectKey project, ImmutableArray<string> ids) =>
        [.. ids.Select(id => grains.GetGrain<IReviewQueueGrain>(project.Child(id)))];
}
