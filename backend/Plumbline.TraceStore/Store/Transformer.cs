namespace Plumbline.TraceStore.Store;

/// <summary>Makes stored spans anew, block by block.</summary>
internal sealed class Transformer(SegmentSet segments, Sealer sealer, Rewriter rewriter, BlockTurn turn)
{
    /// <summary>Passes every stored span through a transform.</summary>
    /// <returns>How many spans were changed.</returns>
    public async ValueTask<long> TransformAsync(SpanTransform transform, CancellationToken cancellationToken)
    {
        await sealer.SealAsync(cancellationToken).ConfigureAwait(false);
        return await turn.UndisturbedAsync(async () =>
        {
            var changed = 0L;
            foreach (var block in segments.Blocks())
            {
                cancellationToken.ThrowIfCancellationRequested();
                changed += await rewriter.TryRewriteAsync([block], transform, cancellationToken).ConfigureAwait(false) ?? 0;
            }
            return changed;
        }).ConfigureAwait(false);
    }

    /// <summary>Passes the spans of some blocks through a transform that were not looked at and reach as far as a time.</summary>
    /// <returns>Whether there were none left.</returns>
    public async ValueTask<bool> TransformSomeAsync(SpanTransform transform, ISet<long> done, long fromUnixNano, int most, CancellationToken cancellationToken)
    {
        await sealer.SealAsync(cancellationToken).ConfigureAwait(false);
        var rest = segments.Blocks().Where(b => !done.Contains(b.Block.Id) && b.Block.Directory.Bounds.ToUnixNano >= fromUnixNano).Take(most).ToList();
        foreach (var block in rest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TransformAsync(block, transform, cancellationToken).ConfigureAwait(false);
            done.Add(block.Block.Id);
        }
        return rest.Count == 0;
    }

    /// <summary>Rewrites a block span by span, unless nothing of it changes or it was replaced meanwhile.</summary>
    /// <returns>How many spans were changed.</returns>
    public ValueTask<long> TransformAsync(LiveBlock block, SpanTransform transform, CancellationToken cancellationToken) => turn.UndisturbedAsync(async () =>
        segments.Blocks().Contains(block) ? await rewriter.TryRewriteAsync([block], transform, cancellationToken).ConfigureAwait(false) ?? 0 : 0);
}
