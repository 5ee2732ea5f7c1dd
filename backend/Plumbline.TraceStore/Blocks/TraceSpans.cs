using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Blocks;

/// <summary>Which spans belong to which trace of a block.</summary>
internal sealed record TraceSpans(int[] TraceOf, int[] First)
{
    public static TraceSpans? Of(NumberColumn counts, int spans)
    {
        var of = new int[spans];
        var first = new int[counts.Rows + 1];
        for (var trace = 0; trace < counts.Rows; trace++)
        {
            var to = first[trace] + counts[trace];
            if (counts[trace] < 1 || to > spans) return null;
            of.AsSpan(first[trace], (int)counts[trace]).Fill(trace);
            first[trace + 1] = (int)to;
        }
        return first[^1] == spans ? new TraceSpans(of, first) : null;
    }
}
