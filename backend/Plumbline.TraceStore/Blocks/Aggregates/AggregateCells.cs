namespace Plumbline.TraceStore;

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
        into.Write((byte)((cell.Cached is null ? 0 : HasCached) | (cell.Reasoning is null ? 0 : HasReasoning) | (cell.Cost is null ? 0 : HasCost)));
        Varint.WriteSigned(cell.Input, into);
        Varint.WriteSigned(cell.Output, into);
        Varint.WriteSigned(cell.Total, into);
        if (cell.Cached is { } cached) Varint.WriteSigned(cached, into);
        if (cell.Reasoning is { } reasoning) Varint.WriteSigned(reasoning, into);
        if (cell.Cost is { } cost) Varint.WriteSigned(cost, into);
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

    /// <summary>Adds the cell to sums.</summary>
    /// <param name="reader">Stands at the cell.</param>
    /// <param name="cell">Receives all but the number of traces.</param>
    /// <param name="traces">Receives the cell's traces.</param>
    public static void Add(ref VarintReader reader, StatsCell cell, ref TraceMarks traces)
    {
        cell.Spans += (long)reader.Read();
        cell.Errors += (long)reader.Read();
        cell.Unpriced += (long)reader.Read();
        var flags = (byte)reader.Read();
        cell.Input += reader.ReadSigned();
        cell.Output += reader.ReadSigned();
        cell.Total += reader.ReadSigned();
        if ((flags & HasCached) != 0) cell.Cached = (cell.Cached ?? 0) + reader.ReadSigned();
        if ((flags & HasReasoning) != 0) cell.Reasoning = (cell.Reasoning ?? 0) + reader.ReadSigned();
        if ((flags & HasCost) != 0) cell.Cost = (cell.Cost ?? 0) + reader.ReadSigned128();
        var trace = 0;
        for (var left = reader.ReadInt(); left > 0 && !reader.IsFaulty; left--) traces.Mark(trace += reader.ReadInt());
        Add(ref reader, cell.Duration);
        Add(ref reader, cell.FirstToken);
    }

    /// <summary>Whether the cell has a span of one of these traces.</summary>
    public static bool Touches(ref VarintReader reader, bool[] traces)
    {
        for (var counts = 0; counts < 3; counts++) reader.Read();
        var flags = (byte)reader.Read();
        for (var sums = 3 + (flags & HasCached) + ((flags & HasReasoning) >> 1); sums > 0; sums--) reader.Read();
        if ((flags & HasCost) != 0) reader.ReadSigned128();
        var trace = 0;
        for (var left = reader.ReadInt(); left > 0; left--)
        {
            if (traces[trace += reader.ReadInt()]) return true;
        }
        return false;
    }

    private static void Write(QuantileSketch sketch, ByteBuffer into)
    {
        var buckets = sketch.ToBuckets();
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

    private static void Add(ref VarintReader reader, QuantileSketch sketch)
    {
        var buckets = reader.ReadInt();
        if (buckets == 0) return;
        var sum = reader.ReadDouble();
        var max = (long)reader.Read();
        Reserve(reader, buckets, sketch);
        var count = 0L;
        var bucket = 0;
        for (; buckets > 0 && !reader.IsFaulty; buckets--)
        {
            var step = reader.ReadInt();
            bucket += step >> 1;
            var times = (step & 1) == 0 ? 1 : reader.ReadInt();
            count += times;
            if (!sketch.TryAddCount(bucket, times)) reader.Fail();
        }
        sketch.AddTotals(count, sum, max);
    }

    // Looks ahead, so that the sketch grows at most once.
    private static void Reserve(VarintReader reader, int buckets, QuantileSketch sketch)
    {
        var (first, last) = (-1, 0);
        for (; buckets > 0 && !reader.IsFaulty; buckets--)
        {
            var step = reader.ReadInt();
            last += step >> 1;
            if (first < 0) first = last;
            if ((step & 1) != 0) reader.ReadInt();
        }
        sketch.Reserve(first, last);
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
