namespace Plumbline.TraceStore.Blocks.Aggregates;

/// <summary>How finely a block sums its spans by time.</summary>
internal static class AggregateResolution
{
    private const long Second = 1_000_000_000;

    /// <summary>Lengths of a bucket in seconds, finest first. Each divides an hour.</summary>
    public static readonly int[] Choices = [60, 300, 900, 1800, 3600];

    /// <summary>The number of the bucket that a time lies in; buckets are counted from 1970.</summary>
    public static long BucketOf(long unixNano, int seconds) => FloorDivide(unixNano, seconds * Second);

    /// <summary>The finest that makes at most so many cells; null when none does.</summary>
    public static int? Choose(long[] starts, int[] groups, int mostCells)
    {
        foreach (var seconds in Choices)
        {
            if (Fits(starts, groups, seconds, mostCells)) return seconds;
        }
        return null;
    }

    /// <summary>Whether buckets of a query are made of whole buckets of a block.</summary>
    public static bool Divides(int seconds, StatsQuery query) =>
        query.BucketNano is not { } length || (length % (seconds * Second) == 0 && query.BucketOffsetNano % (seconds * Second) == 0);

    /// <summary>First and last nanosecond of a bucket.</summary>
    public static (long First, long Last) Bounds(long bucket, int seconds)
    {
        var first = Int128.Max(long.MinValue, (Int128)bucket * seconds * Second);
        var last = Int128.Min(long.MaxValue, (((Int128)bucket + 1) * seconds * Second) - 1);
        return ((long)first, (long)last);
    }

    private static bool Fits(long[] starts, int[] groups, int seconds, int mostCells)
    {
        var cells = new HashSet<(long, int)>();
        for (var row = 0; row < starts.Length; row++)
        {
            if (cells.Add((BucketOf(starts[row], seconds), groups[row])) && cells.Count > mostCells) return false;
        }
        return true;
    }

    private static long FloorDivide(long value, long by)
    {
        var quotient = value / by;
        return value < 0 && quotient * by != value ? quotient - 1 : quotient;
    }
}
