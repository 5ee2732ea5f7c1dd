namespace Plumbline.TraceStore.Store;

/// <summary>Knows which traces got spans lately: two filters, of which the older goes when the younger has been filled for a whole window. It may call a
/// trace recent that is not, never the other way.</summary>
internal sealed class RecentTraces(TimeSpan window, int filterBytes, TimeProvider clock)
{
    private const int Bits = 4;
    private readonly Lock _gate = new();
    private readonly long _begun = clock.GetTimestamp();
    private ulong[] _current = new ulong[Math.Max(1, filterBytes / sizeof(ulong))];
    private ulong[] _before = new ulong[Math.Max(1, filterBytes / sizeof(ulong))];
    private long _turned = clock.GetTimestamp();

    /// <summary>Whether it has watched for a whole window: before that it cannot tell.</summary>
    public bool IsSure => clock.GetElapsedTime(_begun) >= window;

    public void Add(IEnumerable<TraceId> ids)
    {
        lock (_gate)
        {
            Turn();
            foreach (var id in ids)
            {
                for (var bit = 0; bit < Bits; bit++)
                {
                    var (word, mask) = Place(id, bit);
                    _current[word] |= mask;
                }
            }
        }
    }

    /// <summary>Whether a span of the trace came within the window, or may have.</summary>
    public bool MayContain(TraceId id)
    {
        lock (_gate)
        {
            Turn();
            return IsIn(_current, id) || IsIn(_before, id);
        }
    }

    private void Turn()
    {
        var elapsed = clock.GetElapsedTime(_turned);
        if (elapsed < window) return;
        (_before, _current) = (_current, _before);
        Array.Clear(_current);
        if (elapsed >= window * 2) Array.Clear(_before);
        _turned = clock.GetTimestamp();
    }

    private bool IsIn(ulong[] filter, TraceId id)
    {
        for (var bit = 0; bit < Bits; bit++)
        {
            var (word, mask) = Place(id, bit);
            if ((filter[word] & mask) == 0) return false;
        }
        return true;
    }

    // Two halves of one mix, combined anew for each bit.
    private (int Word, ulong Mask) Place(TraceId id, int bit)
    {
        var mix = id.Mix();
        var at = (uint)mix + ((uint)bit * ((uint)(mix >> 32) | 1));
        return ((int)((at * (ulong)_current.Length) >> 32), 1ul << (int)((at * 0x9E3779B1u) >> 26));
    }
}
