namespace Plumbline.TraceStore;

/// <summary>A block's sums by time and by <see cref="Texts"/> and kind, as the block keeps them: cells are decoded when they are added up. ../FORMAT.md describes the bytes.</summary>
internal sealed class BlockAggregates
{
    /// <summary>What the sums are kept by, beside the kind. The order is part of the format.</summary>
    public static readonly CodeField[] Texts = [CodeField.Name, CodeField.Model, CodeField.Environment, CodeField.Provider];

    private readonly byte[] _bytes;
    private readonly int[][] _codes;
    private readonly (long Bucket, int Group, int At)[] _cells;

    private BlockAggregates(byte[] bytes, int seconds, int[][] codes, byte[] kinds, (long, int, int)[] cells) =>
        (_bytes, Seconds, _codes, Kinds, _cells) = (bytes, seconds, codes, kinds, cells);

    /// <summary>Length of a bucket in seconds.</summary>
    public int Seconds { get; }

    /// <summary>Distinct combinations of texts and kind.</summary>
    public int Groups => Kinds.Length;

    /// <summary>The kind of each group.</summary>
    public byte[] Kinds { get; }

    /// <summary>Cells, by bucket and then group.</summary>
    public int Cells => _cells.Length;

    /// <summary>Bytes held in memory.</summary>
    public long Size => _bytes.Length + (16L * _cells.Length) + (4L * Texts.Length * Groups);

    /// <summary>The code of each group, in the block's dictionary of the field.</summary>
    public int[] Codes(CodeField field) => _codes[Array.IndexOf(Texts, field)];

    /// <summary>Whether every group's code is in a dictionary of so many codes.</summary>
    public bool Fits(CodeField field, int count) => Codes(field).All(c => c < count);

    public long BucketOf(int cell) => _cells[cell].Bucket;

    public int GroupOf(int cell) => _cells[cell].Group;

    /// <summary>Adds a cell to sums.</summary>
    public void Add(int cell, StatsCell into, ref TraceMarks traces)
    {
        var reader = new VarintReader(_bytes, _cells[cell].At);
        AggregateCells.Add(ref reader, into, ref traces);
    }

    /// <summary>Whether a cell has a span of one of these traces.</summary>
    public bool Touches(int cell, bool[] traces)
    {
        var reader = new VarintReader(_bytes, _cells[cell].At);
        return AggregateCells.Touches(ref reader, traces);
    }

    /// <summary>Reads a page, whose bytes it takes over; null when it is none.</summary>
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
            if (!Enum.IsDefined((SpanKind)kinds[group])) return null;
        }
        var count = reader.ReadInt();
        if (count > page.Length) return null;
        var cells = new (long Bucket, int Group, int At)[count];
        var marks = new TraceMarks(new int[traces]);
        var (bucket, last) = (0L, 0);
        for (var i = 0; i < count && !reader.IsFaulty; i++)
        {
            var step = reader.ReadSigned();
            bucket += step;
            last = step == 0 && i > 0 ? last + reader.ReadInt() : reader.ReadInt();
            if ((uint)last >= (uint)groups || (i > 0 && step < 0)) return null;
            cells[i] = (bucket, last, reader.At);
            AggregateCells.Add(ref reader, new StatsCell(), ref marks);
        }
        return reader.IsFaulty || !reader.IsAtEnd || marks.IsFaulty ? null : new BlockAggregates(page, seconds, codes, kinds, cells);
    }
}
