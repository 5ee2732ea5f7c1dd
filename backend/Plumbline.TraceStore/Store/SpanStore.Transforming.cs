namespace Plumbline.TraceStore;

/// <content>Making stored spans anew, a few blocks at a time.</content>
public sealed partial class SpanStore
{
    /// <summary>Passes the spans of some blocks through a transform; seals, queries and appends go on between blocks. To be called until it says that all are done. Starting again from nothing is
    /// safe: what was transformed is read once more and stays.</summary>
    /// <param name="transform">Must leave spans alone that need no change.</param>
    /// <param name="done">Blocks that were looked at; kept by the caller from call to call.</param>
    /// <param name="fromUnixNano">Blocks whose spans all start before this time are left out.</param>
    /// <param name="most">Most blocks to look at in this call; 1 and more.</param>
    /// <param name="cancellationToken">Looked at between blocks.</param>
    /// <returns>Whether every span that was stored when the first call began has been through.</returns>
    public async ValueTask<bool> TransformSomeAsync(SpanTransform transform, ISet<long> done, long fromUnixNano, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(done);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        await _housekeeping.SealAsync(cancellationToken).ConfigureAwait(false);
        var rest = _segments.Blocks().Where(b => !done.Contains(b.Block.Id) && b.Block.Directory.Bounds.ToUnixNano >= fromUnixNano).Take(most).ToList();
        foreach (var block in rest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _housekeeping.TransformAsync(block, transform, cancellationToken).ConfigureAwait(false);
            done.Add(block.Block.Id);
        }
        return rest.Count == 0;
    }
}
