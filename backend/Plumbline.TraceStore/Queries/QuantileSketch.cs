using System.Runtime.InteropServices;
using Plumbline.TraceStore.Queries;

namespace Plumbline.TraceStore;

/// <summary>Counts of positive numbers in buckets whose bounds grow by a constant factor, so that any quantile is known within 1 % of its value and
/// sketches can be added. The method is DDSketch: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees",
/// PVLDB 12(12), 2019.</summary>
public sealed class QuantileSketch
{
    private const double Accuracy = 0.0099;
    private const double Gamma = (1 + Accuracy) / (1 - Accuracy);
    private static readonly double PerLog = 1 / Math.Log(Gamma);

    // What stands for the numbers of each bucket.
    private static readonly double[] Values = [.. Enumerable.Range(0, Buckets).Select(bucket =>
        bucket == 0 ? 0 : 2 * Math.Pow(Gamma, bucket - 1) / (Gamma + 1))];
    // Either counts side by side, from one bucket on, or, when nothing is going to be added, just the buckets that hold something; those are never changed
    // and may belong to several sketches.
    private int[] _counts = [];
    private int _first;

    // Where among the counts those lie that are not 0.
    private int _low = int.MaxValue;
    private int _high = -1;
    private (ushort Bucket, int Count)[]? _sparse;

    /// <summary>Buckets that any 64-bit number can fall into: 0 for 0 and below, then 1 to this, exclusive.</summary>
    internal const int Buckets = 2300;

    /// <summary>Numbers added.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of the numbers added.</summary>
    public double Sum { get; private set; }

    /// <summary>The largest number added, exact; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Bytes held in memory, about.</summary>
    internal int Size => 88 + (4 * _counts.Length) + (8 * (_sparse?.Length ?? 0));

    /// <summary>Mean of the numbers, or null when there is none.</summary>
    public double? Mean => Count == 0 ? null : Sum / Count;

    /// <summary>Adds a number; below 0 counts as 0.</summary>
    public void Add(long value) => Add(value, BucketOf(value), 1);

    /// <summary>Adds all that another sketch holds.</summary>
    public void Add(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Count == 0) _sparse = other.Pairs();
        else if (other.Count > 0) AddCounts(other.Pairs());
        Count += other.Count;
        Sum += other.Sum;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The number at or above which a share of 1 - <paramref name="quantile"/> (0 to 1) lies, within 1 %; null when there is none.</summary>
    public double? Quantile(double quantile)
    {
        if (Count == 0) return null;
        var rank = (long)(quantile * (Count - 1));
        foreach (var (bucket, count) in Pairs())
        {
            rank -= count;
            if (rank < 0) return Math.Min(Values[bucket], Max);
        }
        return Max;
    }

    /// <summary>Several quantiles of what <see cref="ToBuckets"/> gave, as <see cref="Quantile"/> gives them one by one.</summary>
    /// <param name="buckets">Bucket numbers, rising, and counts in turn.</param>
    /// <param name="max">The largest number.</param>
    /// <param name="quantiles">0 to 1, rising.</param>
    /// <param name="values">Receives as many numbers; nothing when there are no counts.</param>
    /// <returns>How many numbers the buckets hold.</returns>
    public static long Quantiles(ReadOnlySpan<int> buckets, long max, ReadOnlySpan<double> quantiles, Span<double> values)
    {
        var count = 0L;
        for (var i = 1; i < buckets.Length; i += 2) count += buckets[i];
        if (count == 0) return 0;
        var (next, before) = (0, 0L);
        for (var i = 0; i + 1 < buckets.Length && next < quantiles.Length; i += 2)
        {
            before += buckets[i + 1];
            for (; next < quantiles.Length && (long)(quantiles[next] * (count - 1)) < before; next++) values[next] = Math.Min(Values[buckets[i]], max);
        }
        values[next..quantiles.Length].Fill(max);
        return count;
    }

    /// <summary>What is in the sketch, for sending it elsewhere: bucket numbers, rising, and counts in turn.</summary>
    public int[] ToBuckets()
    {
        var pairs = Pairs();
        var flat = new int[2 * pairs.Length];
        for (var i = 0; i < pairs.Length; i++) (flat[2 * i], flat[(2 * i) + 1]) = (pairs[i].Bucket, pairs[i].Count);
        return flat;
    }

    /// <summary>The sketch that <see cref="ToBuckets"/>, <see cref="Sum"/> and <see cref="Max"/> describe.</summary>
    /// <exception cref="ArgumentException">Buckets do not rise, or are no buckets, or a count is negative.</exception>
    public static QuantileSketch Of(ReadOnlySpan<int> buckets, double sum, long max)
    {
        var pairs = new (ushort Bucket, int Count)[buckets.Length / 2];
        var (total, last) = (0L, -1);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (bucket, count) = (buckets[2 * i], buckets[(2 * i) + 1]);
            if (bucket <= last || bucket >= Buckets || count < 0) throw new ArgumentException("These are no buckets and counts of a sketch.", nameof(buckets));
            pairs[i] = ((ushort)bucket, count);
            total += count;
            last = bucket;
        }
        return new QuantileSketch { _sparse = pairs, Count = total, Sum = sum, Max = max };
    }

    internal void Add(long value, int bucket, int count)
    {
        At(bucket) += count;
        Count += count;
        Sum += Math.Max(0.0, value) * count;
        Max = Math.Max(Max, value);
    }

    /// <summary>Adds what stands in rising buckets, of which there is at least one.</summary>
    internal void Add(ReadOnlySpan<(ushort Bucket, int Count)> buckets, double sum, long max)
    {
        AddCounts(buckets);
        foreach (var (_, count) in buckets) Count += count;
        Sum += sum;
        Max = Math.Max(Max, max);
    }

    /// <summary>A copy in as few bytes as it takes.</summary>
    internal QuantileSketch ToCompact() => new() { _sparse = Pairs(), Count = Count, Sum = Sum, Max = Max };

    /// <summary>Takes everything out again; the room for it stays.</summary>
    internal void Clear()
    {
        Held().Clear();
        (_low, _high) = (int.MaxValue, -1);
        (_sparse, Count, Sum, Max) = (null, 0, 0, 0);
    }

    internal static int BucketOf(long value) => value <= 0 ? 0 : 1 + (int)Math.Ceiling(Math.Log(value) * PerLog);


    /// <summary>The buckets that hold something, rising; not to be changed.</summary>
    internal (ushort Bucket, int Count)[] Pairs()
    {
        if (_sparse is not null) return _sparse;
        var counts = Held();
        var pairs = new (ushort Bucket, int Count)[counts.Length - counts.Count(0)];
        var next = 0;
        for (var i = 0; next < pairs.Length; i++)
        {
            if (counts[i] != 0) pairs[next++] = ((ushort)(_low + i), counts[i]);
        }
        return pairs;
    }

    private Span<int> Held() => _high < 0 ? default : _counts.AsSpan(_low - _first, _high - _low + 1);

    private void AddCounts(ReadOnlySpan<(ushort Bucket, int Count)> buckets)
    {
        MakeRoom();
        var (from, to) = (buckets[0].Bucket, buckets[^1].Bucket + 1);
        if (_counts.Length == 0) (_first, _counts) = (from, new int[to - from]);
        else if (from < _first || to > _first + _counts.Length) Grow(Math.Min(from, _first), Math.Max(to, _first + _counts.Length));
        (_low, _high) = (Math.Min(_low, from), Math.Max(_high, to - 1));
        var counts = _counts.AsSpan(from - _first);
        foreach (var (bucket, count) in buckets) counts[bucket - from] += count;
    }

    private void MakeRoom()
    {
        if (_sparse is not { } sparse) return;
        _sparse = null;
        (_counts, _low, _high) = ([], int.MaxValue, -1);
        if (sparse.Length > 0) AddCounts(sparse);
    }

    private ref int At(int bucket)
    {
        if (_sparse is not null) MakeRoom();
        if (_counts.Length == 0)
        {
            _first = Math.Max(0, bucket - 8);
            _counts = new int[16];
        }
        if (bucket < _first) Grow(Math.Max(0, bucket - Slack), _first + _counts.Length);
        else if (bucket >= _first + _counts.Length) Grow(_first, bucket + 1 + Slack);
        (_low, _high) = (Math.Min(_low, bucket), Math.Max(_high, bucket));
        return ref MemoryMarshal.GetArrayDataReference(_counts).At(bucket - _first);
    }

    private int Slack => Math.Max(16, _counts.Length / 2);

    private void Grow(int from, int to)
    {
        var grown = new int[to - from];
        _counts.CopyTo(grown, _first - from);
        (_counts, _first) = (grown, from);
    }
}
