namespace Plumbline.TraceStore.Store;

/// <content>Making the spans of one block anew.</content>
internal sealed partial class Housekeeping
{
    /// <summary>Rewrites a block span by span, unless nothing of it changes or it was replaced meanwhile.</summary>
    /// <returns>How many spans were changed.</returns>
    public ValueTask<long> TransformAsync(LiveBlock block, SpanTransform transform, CancellationToken cancellationToken) => UndisturbedAsync(async () =>
        segments.Blocks().Contains(block) ? await TryRewriteAsync([block], transform, cancellationToken).ConfigureAwait(false) ?? 0 : 0);
}
