using System.Runtime.InteropServices;

namespace Plumbline.TraceStore;

/// <summary>Counts of positive numbers in buckets whose bounds grow by a constant factor, so that any quantile is known within 1 % of its value and sketches can be added.
/// The method is DDSketch: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12(12), 2019.</summary>
public sealed class QuantileSketch
{
    private const double Accuracy = 0.0099;
    private const double Gamma = (1 + Accuracy) / (1 - Accuracy);
    private static readonly double PerLog = 1 / Math.Log(Gamma);
    private int[] _counts = [];
    private int _first;
    private bool _shared;

    /// <summary>Buckets that any 64-bit number can fall into: 0 for 0 and below, then 1 to this, exclusive.</summary>
    internal const int Buckets = 2300;

    /// <summary>Numbers added.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of the numbers added.</summary>
    public double Sum { get; private set; }

    /// <summary>The largest number added, exact; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Bytes held in memory, about.</summary>
    internal int Size => 64 + (4 * _counts.Length);

    /// <summary>Mean of the numbers, or null when there is none.</summary>
    public double? Mean => Count == 0 ? null : Sum / Count;

    /// <summary>Adds a number; below 0 counts as 0.</summary>
    public void Add(long value) => Add(value, BucketOf(value), 1);

    /// <summary>Adds all that another sketch holds.</summary>
    public void Add(QuantileSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Count == 0) Share(other);
        else AddCounts(other);
        Count += other.Count;
        Sum += other.Sum;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The number at or above which a share of 1 - <paramref name="quantile"/> (0 to 1) lies, within 1 %; null when there is none.</summary>
    public double? Quantile(double quantile)
    {
        if (Count == 0) return null;
        var rank = (long)(quantile * (Count - 1));
        for (var i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank < 0) return Math.Min(ValueOf(_first + i), Max);
        }
        return Max;
    }

    /// <summary>What is in the sketch, for sending it elsewhere: bucket numbers and counts in turn.</summary>
    public (int Bucket, int Count)[] ToBuckets() => [.. _counts.Select((c, i) => (_first + i, c)).Where(x => x.c != 0)];

    /// <summary>The sketch that <see cref="ToBuckets"/>, <see cref="Sum"/> and <see cref="Max"/> describe.</summary>
    public static QuantileSketch Of(ReadOnlySpan<(int Bucket, int Count)> buckets, double sum, long max)
    {
        var sketch = new QuantileSketch { Sum = sum, Max = max };
        foreach (var (bucket, count) in buckets)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)Buckets);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            sketch.At(bucket) += count;
            sketch.Count += count;
        }
        return sketch;
    }

    internal void Add(long value, int bucket, int count)
    {
        At(bucket) += count;
        Count += count;
        Sum += Math.Max(0.0, value) * count;
        Max = Math.Max(Max, value);
    }

    /// <summary>Adds to one bucket; <see cref="AddTotals"/> has to follow. False when there is no such bucket.</summary>
    internal bool TryAddCount(int bucket, int count)
    {
        if ((uint)bucket >= Buckets || count < 0) return false;
        At(bucket) += count;
        return true;
    }

    /// <summary>Makes room for buckets that are going to be added to.</summary>
    internal void Reserve(int from, int to)
    {
        if ((uint)from > (uint)to || to >= Buckets) return;
        if (_counts.Length == 0) (_first, _counts) = (from, new int[to - from + 1]);
        else if (from < _first || to >= _first + _counts.Length) Grow(Math.Min(from, _first), Math.Max(to + 1, _first + _counts.Length));
    }

    internal void AddTotals(long count, double sum, long max)
    {
        Count += count;
        Sum += sum;
        Max = Math.Max(Max, max);
    }

    internal static int BucketOf(long value) => value <= 0 ? 0 : 1 + (int)Math.Ceiling(Math.Log(value) * PerLog);

    private static double ValueOf(int bucket) => bucket == 0 ? 0 : 2 * Math.Pow(Gamma, bucket - 1) / (Gamma + 1);

    private void AddCounts(QuantileSketch other)
    {
        if (other._counts.Length == 0) return;
        Reserve(other._first, other._first + other._counts.Length - 1);
        for (var i = 0; i < other._counts.Length; i++)
        {
            if (other._counts[i] != 0) At(other._first + i) += other._counts[i];
        }
    }

    // Both copy the counts before they change them.
    private void Share(QuantileSketch other)
    {
        (_counts, _first, _shared) = (other._counts, other._first, true);
        other._shared = true;
    }

    private ref int At(int bucket)
    {
        if (_shared)
        {
            _counts = [.. _counts];
            _shared = false;
        }
        if (_counts.Length == 0)
        {
            _first = Math.Max(0, bucket - 8);
            _counts = new int[16];
        }
        if (bucket < _first) Grow(Math.Max(0, bucket - Slack), _first + _counts.Length);
        else if (bucket >= _first + _counts.Length) Grow(_first, bucket + 1 + Slack);
        return ref MemoryMarshal.GetArrayDataReference(_counts).At(bucket - _first);
    }

    private int Slack => Math.Max(16, _counts.Length / 2);

    private void Grow(int from, int to)
    {
        var grown = new int[to - from];
        _counts.CopyTo(grown, _first - from);
        (_counts, _first, _shared) = (grown, from, false);
    }
}

internal static class RefExtensions
{
    public static ref T At<T>(this ref T first, int index) where T : struct => ref System.Runtime.CompilerServices.Unsafe.Add(ref first, index);
}
