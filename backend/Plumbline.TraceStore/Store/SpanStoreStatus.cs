namespace Plumbline.TraceStore;

/// <summary>What a store holds.</summary>
/// <param name="HeadSpans">Spans in memory that are in no block yet (copies that were merged included).</param>
/// <param name="HeadBytes">Bytes of their records.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="BlockSpans">Spans in blocks, dead ones included.</param>
/// <param name="BlockBytes">Bytes of the blocks' objects.</param>
/// <param name="CacheBytes">Bytes of decoded columns and pages in memory.</param>
/// <param name="PendingBytes">Bytes of batches that wait for the log.</param>
/// <param name="Quarantined">Names of blocks that cannot be read and are left out.</param>
public sealed record SpanStoreStatus(
    int HeadSpans,
    long HeadBytes,
    int Blocks,
    long BlockSpans,
    long BlockBytes,
    long CacheBytes,
    long PendingBytes,
    IReadOnlyList<string> Quarantined);
