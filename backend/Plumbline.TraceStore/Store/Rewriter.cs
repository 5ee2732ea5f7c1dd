using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Head;

namespace Plumbline.TraceStore.Store;

/// <summary>Writes one block of what lives in some. Used while no block is replaced, see <see cref="BlockTurn"/>.</summary>
internal sealed class Rewriter(SegmentSet segments, BlockFolder folder, Ledger ledger, TraceStoreInstruments? instruments)
{
    /// <summary>Rewrites a group, unless a transform changes nothing of it; a block that turns out damaged is quarantined.</summary>
    /// <returns>How many spans were changed; null when a block was damaged.</returns>
    public async ValueTask<long?> TryRewriteAsync(List<LiveBlock> group, SpanTransform? transform, CancellationToken cancellationToken)
    {
        try
        {
            return await RewriteAsync(group, transform, cancellationToken).ConfigureAwait(false);
        }
        catch (BlockCorruptedException e)
        {
            segments.Exclude(e);
        }
        catch (ObjectNotFoundException e) when (group.Exists(b => b.Block.Name == e.ObjectName))
        {
            segments.Exclude(Quarantine.Missing(e));
        }
        return null;
    }

    private async ValueTask<long> RewriteAsync(List<LiveBlock> group, SpanTransform? transform, CancellationToken cancellationToken)
    {
        var joined = new SpanHead();
        var changed = 0L;
        foreach (var live in group) changed += await CopyAsync(live, joined, transform, cancellationToken).ConfigureAwait(false);
        if (transform is not null && changed == 0) return 0;
        var (block, order) = await folder.WriteAsync(joined.Snapshot(), pace: null, cancellationToken).ConfigureAwait(false);
        segments.Replace(group, block, order);
        instruments?.Compacted(group.Count);
        await ledger.ReplacedAsync(group, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    // Traces that moved to a head are copied too: a crash would leave no other copy of them.
    private static async ValueTask<long> CopyAsync(LiveBlock live, SpanHead into, SpanTransform? transform, CancellationToken cancellationToken)
    {
        var changed = 0L;
        var view = new BlockView(live.Block, new HashSet<int>(live.Dead));
        await view.LoadAsync(default, cancellationToken).ConfigureAwait(false);
        var writer = new SpanBatchWriter();
        for (var page = 0; page < live.Block.RecordPages; page++)
        {
            var (from, to) = live.Block.RowsOf(page);
            var records = await live.Block.RecordsAsync(page, cancellationToken).ConfigureAwait(false);
            for (var row = from; row < to; row++)
            {
                if (!view.LiveTraces[view.TraceOf[row]]) continue;
                if (transform is not null && transform(new SpanReader(records[row].Span), writer)) changed++;
                else writer.Add(new SpanReader(records[row].Span));
            }
            into.Insert(writer.ToBatch());
        }
        return changed;
    }
}
