using System.Globalization;
using System.Text.Json;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="StatsQuery"/>. What a whole block adds to a question that its sums cover is kept in the cache once it is asked for again:
/// blocks do not change.</summary>
internal static class StatsScan
{
    private const int LongestShape = 1000;

    public static async ValueTask<IReadOnlyList<StatsRow>> RunAsync(
        IReadOnlyList<SegmentView> views, StatsQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        if (query.BucketNano is < 1_000_000_000) throw new InvalidQueryException("A bucket is at least one second long.");
        if (query.GroupBy.Contains(GroupField.Tag))
            throw new InvalidQueryException("Spans have several tags, so they cannot be grouped by them. Filter by a tag, or ask for the facet.");
        var rows = new List<StatsRow>();
        var fields = Columns(query);
        var shape = Shape(query);
        var asked = views.Where(v => v.Overlaps(query.Range)).OrderBy(v => v.Bounds.FromUnixNano);
        var read = ReadAhead.RunAsync(asked, view => PartAsync(view, query, shape, fields, cancellationToken), hesitant: false, cancellationToken);
        await foreach (var part in read.ConfigureAwait(false))
        {
            rows = StatsOrder.Join(rows, part);
            if (rows.Count > options.MaxStatsRows)
                throw new InvalidQueryException(
                    $"The answer would have more than {options.MaxStatsRows} rows. Take longer buckets, a shorter range or fewer groups.");
        }
        return rows;
    }

    private static async ValueTask<List<StatsRow>> PartAsync(
        SegmentView view, StatsQuery query, string? shape, FieldSet fields, CancellationToken cancellationToken)
    {
        if (view is not BlockView block) return await ScanAsync(view, query, fields, cancellationToken).ConfigureAwait(false);
        var whole = shape is not null && block.IsWhole && IsCovered(view, query) && !await AnyHiddenAsync(view, query, cancellationToken).ConfigureAwait(false);
        var asked = false;
        if (whole && block.Block.FindPart(shape!, out asked) is { } known) return known;
        var part = await AggregateScan.TryAsync(block, query, fields, cancellationToken).ConfigureAwait(false)
            ?? await ScanAsync(view, query, fields, cancellationToken).ConfigureAwait(false);
        if (asked) block.Block.KeepPart(shape!, part);
        return part;
    }

    private static async ValueTask<List<StatsRow>> ScanAsync(SegmentView view, StatsQuery query, FieldSet fields, CancellationToken cancellationToken)
    {
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var test = await SpanPlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
        var rows = (await Scope.SpansAsync(view, query.Hidden, cancellationToken).ConfigureAwait(false)).And(test.Upper);
        if (!IsCovered(view, query)) rows.And(view.Column(NumberField.Start).Between(query.Range.FromUnixNano, query.Range.ToUnixNano - 1));
        if (!test.IsExact) await KeepPassingAsync(rows, test, cancellationToken).ConfigureAwait(false);
        return new StatsKernel(view, query).Run(rows);
    }

    private static bool IsCovered(SegmentView view, StatsQuery query) =>
        view.Bounds.FromUnixNano >= query.Range.FromUnixNano && view.Bounds.ToUnixNano < query.Range.ToUnixNano;

    private static async ValueTask<bool> AnyHiddenAsync(SegmentView view, StatsQuery query, CancellationToken cancellationToken)
    {
        foreach (var id in query.Hidden ?? (IReadOnlySet<TraceId>)new HashSet<TraceId>())
        {
            if (await view.FindAsync(id, cancellationToken).ConfigureAwait(false) >= 0) return true;
        }
        return false;
    }

    // What parts are kept under; null for questions of which there are too many to keep parts for.
    private static string? Shape(StatsQuery query)
    {
        if (!AggregateFilter.Covers(query.Where)) return null;
        var filter = query.Where is null ? "" : JsonSerializer.Serialize(query.Where);
        if (filter.Length > LongestShape) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{query.BucketNano}+{query.BucketOffsetNano}:{string.Join(',', query.GroupBy)}:{filter}");
    }

    private static async ValueTask KeepPassingAsync(Bitmap rows, RowTest test, CancellationToken cancellationToken)
    {
        var unsure = rows.Copy().AndNot(test.Lower);
        for (var row = 0; row < rows.Length; row++)
        {
            if (unsure[row] && !await test.PassesAsync(row, cancellationToken).ConfigureAwait(false)) rows.Clear(row);
        }
    }

    private static FieldSet Columns(StatsQuery query)
    {
        var fields = new FieldSet();
        SpanPlan.Fields(query.Where, ref fields);
        foreach (var field in query.GroupBy) GroupKeys.Fields(field, ref fields);
        StatsColumns.Fields(ref fields);
        return fields;
    }
}
