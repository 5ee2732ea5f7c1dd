namespace Plumbline.TraceStore.Store;

/// <summary>Turns small blocks into larger ones, and takes off the disk what is dead.</summary>
internal sealed class Compactor(SpanStoreOptions options, SegmentSet segments, Rewriter rewriter, Ledger ledger, BlockTurn turn)
{
    private const int FewestToCompact = 4;

    /// <summary>Joins small blocks that follow each other, and rewrites blocks of which much is dead, after an erasure every block with dead traces.
    /// Blocks that turn out damaged are quarantined and stay as they are.</summary>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>How many blocks were replaced.</returns>
    public ValueTask<int> CompactAsync(CancellationToken cancellationToken) => turn.UndisturbedAsync(async () =>
    {
        var purge = ledger.IsPurgeDue;
        var replaced = 0;
        bool damaged;
        do
        {
            damaged = false;
            foreach (var group in Groups(segments.Blocks().Except(segments.Returned()), purge))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await rewriter.TryRewriteAsync(group, null, cancellationToken).ConfigureAwait(false) is null) damaged = true;
                else replaced += group.Count;
            }
        }
        while (damaged); // the others of a damaged block's group form groups anew
        if (purge && segments.Returned().Length == 0) await ledger.PurgedAsync(cancellationToken).ConfigureAwait(false);
        return replaced;
    });

    private IEnumerable<List<LiveBlock>> Groups(IEnumerable<LiveBlock> blocks, bool purge)
    {
        var group = new List<LiveBlock>();
        var spans = 0;
        foreach (var block in blocks.OrderBy(b => b.Block.Directory.Bounds.FromUnixNano))
        {
            var directory = block.Block.Directory;
            if (directory.Spans >= options.CompactSpans / 2)
            {
                if ((purge && block.Dead.Count > 0) || block.Dead.Count * 3 > directory.Traces) yield return [block];
                continue;
            }
            if (spans + directory.Spans > options.CompactSpans && Worthwhile(group, purge)) yield return group;
            if (spans + directory.Spans > options.CompactSpans) (group, spans) = ([], 0);
            group.Add(block);
            spans += directory.Spans;
        }
        if (Worthwhile(group, purge)) yield return group;
    }

    private static bool Worthwhile(List<LiveBlock> group, bool purge) =>
        group.Count >= FewestToCompact || (purge && group.Any(b => b.Dead.Count > 0)) || group.Any(b => b.Dead.Count * 3 > b.Block.Directory.Traces);
}
