namespace Plumbline.TraceStore;

/// <summary>Answers <see cref="StatsQuery"/>.</summary>
internal static class StatsScan
{
    public static async ValueTask<IReadOnlyList<StatsRow>> RunAsync(IReadOnlyList<SegmentView> views, StatsQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        if (query.BucketNano is < 1_000_000_000) throw new InvalidQueryException("A bucket is at least one second long.");
        var cells = new Dictionary<(long Bucket, string Group), StatsRow>();
        var fields = Columns(query);
        foreach (var view in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!view.Overlaps(query.Range)) continue;
            await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
            var test = await SpanPlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
            var rows = (await Scope.SpansAsync(view, query.Exclude, cancellationToken).ConfigureAwait(false)).And(test.Upper);
            if (view.Bounds.FromUnixNano < query.Range.FromUnixNano || view.Bounds.ToUnixNano >= query.Range.ToUnixNano)
                rows.And(view.Column(NumberField.Start).Between(query.Range.FromUnixNano, query.Range.ToUnixNano - 1));
            if (!test.IsExact) await KeepPassingAsync(rows, test, cancellationToken).ConfigureAwait(false);
            new StatsKernel(view, query).Run(rows, cells, options.MaxStatsRows);
        }
        return [.. cells.Values.OrderBy(r => r.BucketStartUnixNano).ThenBy(r => string.Join('\0', r.Group), StringComparer.Ordinal)];
    }

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
