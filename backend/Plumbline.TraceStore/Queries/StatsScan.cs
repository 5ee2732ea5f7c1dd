using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumbline.TraceStore;

/// <summary>Answers <see cref="StatsQuery"/>. What a whole block adds to an unfiltered question is worked out once and kept in the cache: blocks do not change.</summary>
internal static class StatsScan
{
    public static async ValueTask<IReadOnlyList<StatsRow>> RunAsync(IReadOnlyList<SegmentView> views, StatsQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        if (query.BucketNano is < 1_000_000_000) throw new InvalidQueryException("A bucket is at least one second long.");
        if (query.GroupBy.Contains(FacetField.Tag)) throw new InvalidQueryException("Spans have several tags, so they cannot be grouped by them. Filter by a tag, or ask for the facet.");
        var rows = new Dictionary<(long? Bucket, string Group), StatsRow>();
        var fields = Columns(query);
        foreach (var view in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!view.Overlaps(query.Range)) continue;
            foreach (var row in await PartAsync(view, query, fields, cancellationToken).ConfigureAwait(false)) Add(row, rows);
            if (rows.Count > options.MaxStatsRows) throw new InvalidQueryException($"The answer would have more than {options.MaxStatsRows} rows. Take longer buckets, a shorter range or fewer groups.");
        }
        return [.. rows.OrderBy(r => r.Key.Bucket).ThenBy(r => r.Key.Group, StringComparer.Ordinal).Select(r => r.Value)];
    }

    // Rows of a part may be in the cache, so they are added to rows that are this answer's own.
    private static void Add(StatsRow part, Dictionary<(long? Bucket, string Group), StatsRow> rows)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (part.BucketStartUnixNano, KeyOf(part.Group)), out _);
        row ??= new StatsRow { BucketStartUnixNano = part.BucketStartUnixNano, Group = part.Group };
        row.Add(part);
    }

    private static string KeyOf(IReadOnlyList<string> group) => group.Count == 1 ? group[0] : string.Join('\0', group);

    private static async ValueTask<List<StatsRow>> PartAsync(SegmentView view, StatsQuery query, FieldSet fields, CancellationToken cancellationToken)
    {
        var covered = view.Bounds.FromUnixNano >= query.Range.FromUnixNano && view.Bounds.ToUnixNano < query.Range.ToUnixNano;
        var shape = covered && query.Where is null && view is BlockView { IsWhole: true } && !await AnyExcludedAsync(view, query, cancellationToken).ConfigureAwait(false) ? Shape(query) : null;
        if (shape is not null && ((BlockView)view).Block.FindPart(shape) is { } known) return known;
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var test = await SpanPlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
        var rows = (await Scope.SpansAsync(view, query.Exclude, cancellationToken).ConfigureAwait(false)).And(test.Upper);
        if (!covered) rows.And(view.Column(NumberField.Start).Between(query.Range.FromUnixNano, query.Range.ToUnixNano - 1));
        if (!test.IsExact) await KeepPassingAsync(rows, test, cancellationToken).ConfigureAwait(false);
        var part = new StatsKernel(view, query).Run(rows);
        if (shape is not null) ((BlockView)view).Block.KeepPart(shape, part);
        return part;
    }

    private static async ValueTask<bool> AnyExcludedAsync(SegmentView view, StatsQuery query, CancellationToken cancellationToken)
    {
        foreach (var id in query.Exclude ?? (IReadOnlySet<TraceId>)new HashSet<TraceId>())
        {
            if (await view.FindAsync(id, cancellationToken).ConfigureAwait(false) >= 0) return true;
        }
        return false;
    }

    private static string Shape(StatsQuery query) =>
        string.Create(CultureInfo.InvariantCulture, $"{query.BucketNano}+{query.BucketOffsetNano}:{string.Join(',', query.GroupBy)}");

    private static async ValueTask KeepPassingAsync(Bitmap rows, RowTest test, CancellationToken cancellationToken)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] && !await test.PassesAsync(row, cancellationToken).ConfigureAwait(false)) rows.Clear(row);
        }
    }

    private static FieldSet Columns(StatsQuery query)
    {
        var fields = new FieldSet();
        SpanPlan.Fields(query.Where, ref fields);
        foreach (var field in query.GroupBy) GroupKeys.Fields(field, ref fields);
        for (var number = (NumberField)0; (int)number < Fields.Numbers; number++) fields.Add(number);
        fields.Add(ByteField.Status);
        fields.Add(ByteField.Flags);
        return fields;
    }
}
