using System.Numerics;

namespace Plumbline.TraceStore.Head;

/// <summary>Finds the row of a span by its trace's row and its id. Open addressing; entries are replaced but never removed.</summary>
internal sealed class SpanTable(int capacity)
{
    private (ulong Span, int Trace, int Row)[] _slots = new (ulong, int, int)[BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
    private int _count;

    /// <summary>The row of the span, or -1.</summary>
    public int Find(int trace, SpanId span)
    {
        var slot = Slot(trace, span.Value);
        return _slots[slot].Row - 1;
    }

    /// <summary>Puts a span at a row, in place of where it was.</summary>
    public void Set(int trace, SpanId span, int row)
    {
        var slot = Slot(trace, span.Value);
        if (_slots[slot].Row == 0) _count++;
        _slots[slot] = (span.Value, trace, row + 1);
        if (_count * 2 > _slots.Length) Grow();
    }

    private int Slot(int trace, ulong span)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((((span ^ ((ulong)trace * 0x9E3779B97F4A7C15ul)) * 0xD6E8FEB86659FD93ul) >> 32) & (ulong)mask);
        for (; _slots[slot].Row != 0; slot = (slot + 1) & mask)
        {
            if (_slots[slot].Span == span && _slots[slot].Trace == trace) break;
        }
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new (ulong, int, int)[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry.Row != 0) _slots[Slot(entry.Trace, entry.Span)] = entry;
        }
    }
}
