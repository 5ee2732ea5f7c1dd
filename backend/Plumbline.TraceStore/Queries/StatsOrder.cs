namespace Plumbline.TraceStore.Queries;

/// <summary>The order of rows of statistics, and how lists of them are joined.</summary>
internal static class StatsOrder
{
    /// <summary>By bucket, then group by ordinal.</summary>
    public static int Compare(StatsRow a, StatsRow b)
    {
        var order = Nullable.Compare(a.BucketStartUnixNano, b.BucketStartUnixNano);
        for (var i = 0; order == 0 && i < a.Group.Count; i++)
        {
            if (!ReferenceEquals(a.Group[i], b.Group[i])) order = string.CompareOrdinal(a.Group[i], b.Group[i]);
        }
        return order;
    }

    /// <summary>Start of the bucket that a time lies in.</summary>
    public static long BucketOf(long start, StatsQuery query)
    {
        var length = query.BucketNano!.Value;
        var remainder = (start - query.BucketOffsetNano) % length;
        return start - (remainder < 0 ? remainder + length : remainder);
    }

    /// <summary>Joins two lists in order. Rows of <paramref name="part"/> may be in the cache: they are copied, those of <paramref name="rows"/> are
    /// changed.</summary>
    public static List<StatsRow> Join(List<StatsRow> rows, List<StatsRow> part)
    {
        var at = rows.Count;
        while (part.Count > 0 && at > 0 && Compare(rows[at - 1], part[0]) >= 0) at--;
        // Blocks mostly follow each other in time: all but the last rows stay where they are.
        var rest = rows.GetRange(at, rows.Count - at);
        rows.RemoveRange(at, rest.Count);
        var (i, j) = (0, 0);
        while (i < rest.Count || j < part.Count)
        {
            var order = i == rest.Count ? 1 : j == part.Count ? -1 : Compare(rest[i], part[j]);
            var row = order <= 0 ? rest[i++] : Copy(part[j]);
            if (order == 0) row.Add(part[j]);
            if (order >= 0) j++;
            rows.Add(row);
        }
        return rows;
    }

    private static StatsRow Copy(StatsRow row)
    {
        var copy = new StatsRow { BucketStartUnixNano = row.BucketStartUnixNano, Group = row.Group };
        copy.Add(row);
        return copy;
    }
}
