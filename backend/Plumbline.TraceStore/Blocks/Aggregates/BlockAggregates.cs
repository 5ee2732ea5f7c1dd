using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>A block's sums by time and by <see cref="Texts"/> and kind, as the block keeps them. ../FORMAT.md describes the bytes.</summary>
internal sealed class BlockAggregates
{
    /// <summary>What the sums are kept by, beside the kind. The order is part of the format.</summary>
    public static readonly CodeField[] Texts = [CodeField.Name, CodeField.Model, CodeField.Environment, CodeField.Provider];

    private readonly int[][] _codes;
    private readonly (long Bucket, int Group)[] _cells;
    private readonly CellSums[] _sums;
    private readonly List<BucketCells> _buckets = [];
    private readonly RowLists _traces;
    private readonly SketchList _durations = new();
    private readonly SketchList _firstTokens = new();

    private BlockAggregates(int seconds, int[][] codes, byte[] kinds, int cells, int traces) =>
        (Seconds, _codes, Kinds, _cells, _sums, _traces) = (seconds, codes, kinds, new (long, int)[cells], new CellSums[cells], new RowLists(traces));

    /// <summary>Length of a bucket in seconds.</summary>
    public int Seconds { get; }

    /// <summary>Distinct combinations of texts and kind.</summary>
    public int Groups => Kinds.Length;

    /// <summary>The kind of each group.</summary>
    public byte[] Kinds { get; }

    /// <summary>Cells, by bucket and then group.</summary>
    public int Cells => _cells.Length;

    /// <summary>Bytes held in memory.</summary>
    public long Size => (136L * _cells.Length) + (4L * Texts.Length * Groups) + _traces.Size + _durations.Size + _firstTokens.Size;

    /// <summary>The code of each group, in the block's dictionary of the field.</summary>
    public int[] Codes(CodeField field) => _codes[Array.IndexOf(Texts, field)];

    /// <summary>Whether every group's code is in a dictionary of so many codes.</summary>
    public bool Fits(CodeField field, int count) => Codes(field).All(c => c < count);

    /// <summary>The buckets that have cells, rising.</summary>
    public IReadOnlyList<BucketCells> Buckets => _buckets;

    public int GroupOf(int cell) => _cells[cell].Group;

    /// <summary>Adds a cell to an answer.</summary>
    public void Add(int cell, StatsCell into, ref TraceMarks traces)
    {
        _sums[cell].AddTo(into);
        foreach (var trace in _traces[cell]) traces.Mark(trace);
        _durations.AddTo(into.Duration, cell);
        _firstTokens.AddTo(into.FirstToken, cell);
    }

    /// <summary>The cell of a bucket and group, or -1.</summary>
    public int Find(long bucket, int group) => Array.BinarySearch(_cells, (bucket, group)) is >= 0 and var at ? at : -1;

    /// <summary>Reads a page; null when it is none.</summary>
    public static BlockAggregates? Read(byte[] page, int traces)
    {
        var reader = new VarintReader(page);
        var seconds = reader.ReadInt();
        var codes = new int[Texts.Length][];
        var groups = reader.ReadInt();
        if (seconds < 1 || groups > page.Length) return null;
        for (var field = 0; field < Texts.Length; field++) codes[field] = new int[groups];
        var kinds = new byte[groups];
        for (var group = 0; group < groups; group++)
        {
            for (var field = 0; field < Texts.Length; field++) codes[field][group] = reader.ReadInt();
            kinds[group] = (byte)reader.Read();
            if (!Enum.IsDefined((StoredKind)kinds[group])) return null;
        }
        var cells = reader.ReadInt();
        if (cells > page.Length) return null;
        var sums = new BlockAggregates(seconds, codes, kinds, cells, traces);
        return sums.ReadCells(ref reader) && reader.IsAtEnd ? sums : null;
    }

    private bool ReadCells(ref VarintReader reader)
    {
        var (bucket, group) = (0L, 0);
        for (var i = 0; i < _cells.Length; i++)
        {
            var step = reader.ReadSigned();
            bucket += step;
            group = step == 0 && i > 0 ? group + reader.ReadInt() : reader.ReadInt();
            if ((uint)group >= (uint)Groups || (i > 0 && step < 0)) return false;
            _cells[i] = (bucket, group);
            _sums[i] = AggregateCells.Read(ref reader, _traces, _durations, _firstTokens);
            if (reader.IsFaulty) return false;
            if (i == 0 || step != 0) _buckets.Add(new(bucket, i, i + 1));
            else _buckets[^1] = _buckets[^1] with { To = i + 1 };
        }
        return !reader.IsFaulty;
    }
}

/// <summary>The cells of a bucket.</summary>
/// <param name="Bucket">Its number.</param>
/// <param name="From">The first cell.</param>
/// <param name="To">The cell after the last.</param>
internal readonly record struct BucketCells(long Bucket, int From, int To);
