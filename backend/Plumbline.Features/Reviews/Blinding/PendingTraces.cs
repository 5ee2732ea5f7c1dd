using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Grains;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Asks all queues of the project.</summary>
internal sealed class PendingTraces(ReviewQueueDirectory queues) : IPendingTraces
{
    public async ValueTask<IReadOnlySet<string>> ListAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var pending = await Task.WhenAll((await queues.ListAsync(project)).Select(q => q.GetPendingTracesAsync()));
        cancellationToken.ThrowIfCancellationRequested();
        return pending.SelectMany(p => p).ToHashSet(StringComparer.Ordinal);
    }
}
