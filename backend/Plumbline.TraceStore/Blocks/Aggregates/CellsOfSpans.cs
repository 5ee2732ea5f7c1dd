using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>Finds the cell of a block's sums that each span is in.</summary>
internal static class CellsOfSpans
{
    /// <summary>The cells; null when there is none for some span.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="texts">The columns of <see cref="BlockAggregates.Texts"/>.</param>
    /// <param name="kinds">The spans' kinds.</param>
    /// <param name="starts">The spans' starts.</param>
    public static int[]? Find(BlockAggregates sums, CodeColumn[] texts, byte[] kinds, NumberColumn starts)
    {
        var groups = Groups(sums);
        var cells = new int[kinds.Length];
        // Rows come nearly in the order of time: most fall into the bucket of the row before, where the same groups come again and again.
        var (first, last, bucket) = (1L, 0L, 0L);
        var ofGroup = new int[sums.Groups];
        for (var row = 0; row < cells.Length; row++)
        {
            var start = starts[row];
            if (start < first || start > last)
            {
                bucket = AggregateResolution.BucketOf(start, sums.Seconds);
                (first, last) = AggregateResolution.Bounds(bucket, sums.Seconds);
                ofGroup.AsSpan().Clear();
            }
            if (!groups.TryGetValue((texts[0][row], texts[1][row], texts[2][row], texts[3][row], kinds[row]), out var group)) return null;
            if (ofGroup[group] == 0) ofGroup[group] = sums.Find(bucket, group) + 1;
            if (ofGroup[group] == 0) return null;
            cells[row] = ofGroup[group] - 1;
        }
        return cells;
    }

    private static Dictionary<(int, int, int, int, byte), int> Groups(BlockAggregates sums)
    {
        var groups = new Dictionary<(int, int, int, int, byte), int>(sums.Groups);
        var codes = Array.ConvertAll(BlockAggregates.Texts, sums.Codes);
        for (var group = 0; group < sums.Groups; group++)
            groups[(codes[0][group], codes[1][group], codes[2][group], codes[3][group], sums.Kinds[group])] = group;
        return groups;
    }
}
