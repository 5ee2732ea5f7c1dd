namespace Plumbline.TraceStore;

/// <summary>All segments of a store. Every trace lives whole in one of them.</summary>
internal sealed class SegmentSet
{
    private readonly Lock _gate = new();
    private readonly SpanHead _head = new();

    /// <summary>All segments as they are now.</summary>
    public IReadOnlyList<SegmentView> Snapshot()
    {
        lock (_gate) return [_head.Snapshot()];
    }

    /// <summary>Makes the spans of a batch visible.</summary>
    /// <returns>The traces that changed.</returns>
    public HashSet<TraceId> Insert(SpanBatch batch)
    {
        var changed = new HashSet<TraceId>();
        lock (_gate) _head.Insert(batch, changed);
        return changed;
    }

    /// <summary>Takes traces out.</summary>
    /// <returns>How many spans they had.</returns>
    public long Remove(IEnumerable<TraceId> traces)
    {
        long removed = 0;
        lock (_gate)
        {
            foreach (var id in traces) removed += _head.Remove(id).Count;
        }
        return removed;
    }

    public (int Spans, long Bytes) HeadSize()
    {
        lock (_gate) return (_head.Count, _head.Bytes);
    }
}
