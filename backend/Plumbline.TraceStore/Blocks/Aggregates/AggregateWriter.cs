using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>Sums the spans of a block by time, texts and kind.</summary>
/// <param name="view">The segment that the block is made of.</param>
/// <param name="spans">Its rows in the order of the block.</param>
/// <param name="traces">The trace's row in the block of each of them.</param>
internal sealed class AggregateWriter(SegmentView view, int[] spans, int[] traces)
{
    private readonly StatsColumns _columns = new(view);

    /// <summary>Writes the page; false, and nothing written, when so few spans share a cell that a scan is as good.</summary>
    /// <param name="renumbered">For each of <see cref="BlockAggregates.Texts"/> what a code of the segment is in the block.</param>
    /// <param name="spansPerCell">Spans that a cell stands for on average, at least.</param>
    /// <param name="into">Receives the page.</param>
    public bool Write(int[][] renumbered, int spansPerCell, ByteBuffer into)
    {
        var starts = Array.ConvertAll(spans, s => _columns.Start[s]);
        var groups = Groups(renumbered, out var keys);
        if (AggregateResolution.Choose(starts, groups, spans.Length / spansPerCell) is not { } seconds) return false;
        Varint.Write((ulong)seconds, into);
        Varint.Write((ulong)keys.Count, into);
        foreach (var (name, model, environment, provider, kind) in keys)
        {
            Varint.Write((ulong)name, into);
            Varint.Write((ulong)model, into);
            Varint.Write((ulong)environment, into);
            Varint.Write((ulong)provider, into);
            into.Write(kind);
        }
        WriteCells(starts, groups, seconds, into);
        return true;
    }

    private int[] Groups(int[][] renumbered, out List<(int Name, int Model, int Environment, int Provider, byte Kind)> keys)
    {
        var texts = Array.ConvertAll(BlockAggregates.Texts, view.Column);
        var kinds = view.Column(ByteField.Kind);
        var known = new Dictionary<(int, int, int, int, byte), int>();
        var groups = new int[spans.Length];
        keys = [];
        for (var row = 0; row < spans.Length; row++)
        {
            var span = spans[row];
            var key = (renumbered[0][texts[0][span]], renumbered[1][texts[1][span]], renumbered[2][texts[2][span]], renumbered[3][texts[3][span]], kinds[span]);
            if (!known.TryGetValue(key, out groups[row]))
            {
                groups[row] = known[key] = keys.Count;
                keys.Add(key);
            }
        }
        return groups;
    }

    private void WriteCells(long[] starts, int[] groups, int seconds, ByteBuffer into)
    {
        var rows = new (long Bucket, int Group, int Row)[spans.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = (AggregateResolution.BucketOf(starts[row], seconds), groups[row], row);
        Array.Sort(rows);
        var body = new ByteBuffer(1 << 16);
        var cells = 0;
        var (bucket, group) = (0L, 0);
        for (var from = 0; from < rows.Length; cells++)
        {
            var to = from;
            while (to < rows.Length && rows[to].Bucket == rows[from].Bucket && rows[to].Group == rows[from].Group) to++;
            Varint.WriteSigned(rows[from].Bucket - bucket, body);
            Varint.Write((ulong)(rows[from].Bucket == bucket && cells > 0 ? rows[from].Group - group : rows[from].Group), body);
            (bucket, group) = (rows[from].Bucket, rows[from].Group);
            WriteCell(rows.AsSpan(from, to - from), body);
            from = to;
        }
        Varint.Write((ulong)cells, into);
        into.Write(body.Written);
    }

    private void WriteCell(ReadOnlySpan<(long Bucket, int Group, int Row)> rows, ByteBuffer into)
    {
        var cell = new StatsCell();
        var distinct = new List<int>();
        foreach (var (_, _, row) in rows)
        {
            cell.AddSpan(spans[row], _columns);
            if (distinct.Count == 0 || distinct[^1] != traces[row]) distinct.Add(traces[row]);
        }
        AggregateCells.Write(cell, distinct, into);
    }
}
