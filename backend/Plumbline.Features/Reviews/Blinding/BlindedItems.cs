using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Ids;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Asks the queues for the traces of items.</summary>
internal sealed class BlindedItems(IBlinding blinding) : IBlindedItems
{
    public async ValueTask<IReadOnlySet<string>> AmongAsync(
        ProjectScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        if (blinded.IsEmpty) return new HashSet<string>();
        var found = await Task.WhenAll(itemIds.Distinct(StringComparer.Ordinal).Select(async id =>
            (Id: id, TraceId: KeyOf(id) is { } item && item.Project == scope.Project ? await scope.Queue(item.QueueId).TraceOfAsync(item.PartId) : null)));
        return found.Where(f => f.TraceId is not null && blinded.BlindedTraceIds.Contains(f.TraceId)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static QueuePartKey? KeyOf(string id) =>
        NodeId.TryParse(id, out var node) && node.Kind == NodeKinds.ReviewItem ? QueuePartKey.Read(node.Key) : null;
}
