using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>What a cell of a block's sums says beside its traces and sketches.</summary>
internal record struct CellSums
{
    public long Spans;
    public long Errors;
    public long Unpriced;
    public long Input;
    public long Output;
    public long Total;
    public long? Cached;
    public long? Reasoning;
    public Int128? Cost;

    /// <summary>Adds it to a cell of an answer.</summary>
    public readonly void AddTo(StatsCell cell)
    {
        cell.Spans += Spans;
        cell.Errors += Errors;
        cell.Unpriced += Unpriced;
        cell.Input += Input;
        cell.Output += Output;
        cell.Total += Total;
        if (Cached is { } cached) cell.Cached.Add(cached);
        if (Reasoning is { } reasoning) cell.Reasoning.Add(reasoning);
        if (Cost is { } cost) cell.Cost.Add(cost);
    }
}

/// <summary>Rising lists of rows, one a cell.</summary>
internal sealed class RowLists(int rows)
{
    private readonly List<int> _rows = [];
    private readonly List<int> _ends = [];

    /// <summary>Bytes held in memory.</summary>
    public long Size => 4L * (_rows.Capacity + _ends.Capacity);

    /// <summary>The rows of a cell.</summary>
    public ReadOnlySpan<int> this[int cell] => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows)[(cell == 0 ? 0 : _ends[cell - 1]).._ends[cell]];

    /// <summary>Reads the next cell's.</summary>
    public void Read(ref VarintReader reader)
    {
        var row = 0L;
        for (var left = reader.ReadInt(); left > 0 && !reader.IsFaulty; left--)
        {
            row += reader.ReadInt();
            if (row >= rows) reader.Fail();
            _rows.Add((int)row);
        }
        _ends.Add(_rows.Count);
    }
}

/// <summary>Sketches as they are kept in a block, one a cell.</summary>
internal sealed class SketchList
{
    private readonly List<(ushort Bucket, int Count)> _buckets = [];
    private readonly List<(int End, double Sum, long Max)> _sketches = [];

    /// <summary>Bytes held in memory.</summary>
    public long Size => (8L * _buckets.Capacity) + (24L * _sketches.Capacity);

    /// <summary>Adds the sketch of a cell to another.</summary>
    public void AddTo(QuantileSketch sketch, int cell)
    {
        var (end, sum, max) = _sketches[cell];
        var from = cell == 0 ? 0 : _sketches[cell - 1].End;
        if (from < end) sketch.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_buckets)[from..end], sum, max);
    }

    /// <summary>Reads the next cell's.</summary>
    public void Read(ref VarintReader reader)
    {
        var left = reader.ReadInt();
        var (sum, max) = left == 0 ? (0, 0) : (reader.ReadDouble(), (long)reader.Read());
        for (var bucket = 0L; left > 0 && !reader.IsFaulty; left--)
        {
            var step = reader.ReadInt();
            bucket += step >> 1;
            var count = (step & 1) == 0 ? 1 : reader.ReadInt();
            if (bucket >= QuantileSketch.Buckets) reader.Fail();
            else _buckets.Add(((ushort)bucket, count));
        }
        _sketches.Add((_buckets.Count, sum, max));
    }
}
