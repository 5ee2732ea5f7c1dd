using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>One cell of a block's sums as bytes; ../FORMAT.md describes them.</summary>
internal static class AggregateCells
{
    private const byte HasCached = 1;
    private const byte HasReasoning = 2;
    private const byte HasCost = 4;

    public static void Write(StatsCell cell, List<int> traces, ByteBuffer into)
    {
        Varint.Write((ulong)cell.Spans, into);
        Varint.Write((ulong)cell.Errors, into);
        Varint.Write((ulong)cell.Unpriced, into);
        var cachedFlag = cell.Cached.OrNull is null ? 0 : HasCached;
        var reasoningFlag = cell.Reasoning.OrNull is null ? 0 : HasReasoning;
        into.Write((byte)(cachedFlag | reasoningFlag | (cell.Cost.OrNull is null ? 0 : HasCost)));
        Varint.WriteSigned(cell.Input, into);
        Varint.WriteSigned(cell.Output, into);
        Varint.WriteSigned(cell.Total, into);
        if (cell.Cached.OrNull is { } cached) Varint.WriteSigned(cached, into);
        if (cell.Reasoning.OrNull is { } reasoning) Varint.WriteSigned(reasoning, into);
        if (cell.Cost.OrNull is { } cost) Varint.WriteSigned(cost, into);
        Varint.Write((ulong)traces.Count, into);
        var last = 0;
        foreach (var trace in traces)
        {
            Varint.Write((ulong)(trace - last), into);
            last = trace;
        }
        Write(cell.Duration, into);
        Write(cell.FirstToken, into);
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="reader">Stands at the cell.</param>
    /// <param name="traces">Receives the rows of its traces.</param>
    /// <param name="durations">Receives its durations.</param>
    /// <param name="firstTokens">Receives its times to the first token.</param>
    public static CellSums Read(ref VarintReader reader, RowLists traces, SketchList durations, SketchList firstTokens)
    {
        var sums = new CellSums { Spans = (long)reader.Read(), Errors = (long)reader.Read(), Unpriced = (long)reader.Read() };
        var flags = (byte)reader.Read();
        sums.Input = reader.ReadSigned();
        sums.Output = reader.ReadSigned();
        sums.Total = reader.ReadSigned();
        if ((flags & HasCached) != 0) sums.Cached = reader.ReadSigned();
        if ((flags & HasReasoning) != 0) sums.Reasoning = reader.ReadSigned();
        if ((flags & HasCost) != 0) sums.Cost = reader.ReadSigned128();
        traces.Read(ref reader);
        durations.Read(ref reader);
        firstTokens.Read(ref reader);
        return sums;
    }

    private static void Write(QuantileSketch sketch, ByteBuffer into)
    {
        var buckets = sketch.Pairs();
        Varint.Write((ulong)buckets.Length, into);
        if (buckets.Length == 0) return;
        into.Write(sketch.Sum);
        Varint.Write((ulong)sketch.Max, into);
        var last = 0;
        foreach (var (bucket, count) in buckets)
        {
            Varint.Write(((ulong)(bucket - last) << 1) | (count > 1 ? 1ul : 0), into);
            if (count > 1) Varint.Write((ulong)count, into);
            last = bucket;
        }
    }
}

/// <summary>Counts the distinct traces of one cell after another, over one array.</summary>
internal ref struct TraceMarks(int[] marks)
{
    private readonly int[] _marks = marks;
    private int _cell;

    /// <summary>Distinct traces since <see cref="Next"/>.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a trace was marked that the block does not have.</summary>
    public bool IsFaulty { get; private set; }

    public void Next()
    {
        _cell++;
        Count = 0;
    }

    public void Mark(int trace)
    {
        if ((uint)trace >= (uint)_marks.Length) IsFaulty = true;
        else if (_marks[trace] != _cell)
        {
            _marks[trace] = _cell;
            Count++;
        }
    }
}
