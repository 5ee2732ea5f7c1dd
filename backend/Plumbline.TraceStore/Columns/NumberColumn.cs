namespace Plumbline.TraceStore.Columns;

/// <summary>A number a row, <see cref="Fields.Absent"/> where it is not known. Narrow where the numbers allow it.</summary>
internal sealed class NumberColumn
{
    private readonly long[]? _wide;
    private readonly int[]? _narrow;
    private ushort[]? _sketchBuckets;

    public NumberColumn(long[] numbers, int rows) => (_wide, Rows) = (numbers, rows);

    /// <summary>In a narrow column <see cref="int.MinValue"/> is absent.</summary>
    public NumberColumn(int[] numbers, int rows) => (_narrow, Rows) = (numbers, rows);

    public int Rows { get; }

    /// <summary>The array, when the column is wide; null otherwise.</summary>
    public long[]? Wide => _wide;

    /// <summary>The array, when the column is narrow; null otherwise.</summary>
    public int[]? Narrow => _narrow;

    public long this[int row]
    {
        get
        {
            if (_narrow is null) return _wide![row];
            var number = _narrow[row];
            return number == int.MinValue ? Fields.Absent : number;
        }
    }

    /// <summary>The bucket of <see cref="QuantileSketch"/> that the row's number falls into, worked out when it is first asked for.</summary>
    public int SketchBucket(int row)
    {
        // Whoever works beside this one writes the same.
        var buckets = _sketchBuckets ??= new ushort[Rows];
        if (buckets[row] == 0) buckets[row] = (ushort)(1 + QuantileSketch.BucketOf(this[row]));
        return buckets[row] - 1;
    }

    /// <summary>The rows with <paramref name="from"/> &lt;= number &lt;= <paramref name="to"/>; absent numbers are below all.</summary>
    public Bitmap Between(long from, long to)
    {
        var rows = new Bitmap(Rows);
        var words = rows.Words;
        for (var w = 0; w < words.Length; w++)
        {
            var start = w * 64;
            var count = Math.Min(64, Rows - start);
            words[w] = _narrow is null ? Word(_wide.AsSpan(start, count), from, to) : Word(_narrow.AsSpan(start, count), from, to);
        }
        return rows;
    }

    private static ulong Word(ReadOnlySpan<long> numbers, long from, long to)
    {
        var word = 0ul;
        for (var i = 0; i < numbers.Length; i++) word |= (numbers[i] >= from & numbers[i] <= to ? 1ul : 0) << i;
        return word;
    }

    private static ulong Word(ReadOnlySpan<int> numbers, long from, long to)
    {
        var word = 0ul;
        for (var i = 0; i < numbers.Length; i++) word |= (
            numbers[i] >= from & numbers[i] <= to & (numbers[i] != int.MinValue || from == Fields.Absent) ? 1ul : 0) << i;
        return word;
    }
}
