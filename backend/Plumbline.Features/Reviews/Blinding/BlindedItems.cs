using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Ids;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Asks the queues for the traces of items. Of one that is deleted nobody knows any more what it was about, so it counts as about something that
/// the viewer is still to judge.</summary>
internal sealed class BlindedItems(IBlinding blinding) : IBlindedItems
{
    public async ValueTask<IReadOnlySet<string>> AmongAsync(
        ProjectScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        if (blinded.IsEmpty) return new HashSet<string>();
        var own = itemIds.Distinct(StringComparer.Ordinal).Select(id => (Id: id, Key: KeyOf(id))).Where(i => i.Key?.Project == scope.Project);
        var found = await Task.WhenAll(own.Select(async i => (i.Id, TraceId: await scope.Queue(i.Key!.Value.QueueId).TraceOfAsync(i.Key!.Value.PartId))));
        return found.Where(f => f.TraceId is null || blinded.BlindedTraceIds.Contains(f.TraceId)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static QueuePartKey? KeyOf(string id) =>
        NodeId.TryParse(id, out var node) && node.Kind == NodeKinds.ReviewItem ? QueuePartKey.Read(node.Key) : null;
}
